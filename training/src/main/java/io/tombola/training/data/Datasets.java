package io.tombola.training.data;

import io.tombola.protocol.spec.DatasetSpec;
import java.util.List;

/** The data sets a campaign can name. */
public final class Datasets {

  private static final IdxFiles SHIPPED = IdxFiles.FASHION_MNIST;
  private static final IdxFiles FROM_DIRECTORY = IdxFiles.MNIST;

  private Datasets() {}

  /** The names that {@link #load} knows. */
  public static List<String> names() {
    return List.of(SHIPPED.dataset(), FROM_DIRECTORY.dataset());
  }

  /**
   * Reads a data set, checked against the hashes of its original files. Takes about a second and 55
   * MB; share the result.
   *
   * @throws BadDataException if there is no such data set or its files are missing or damaged
   */
  public static Dataset load(DatasetSpec spec) {
    if (spec.name().equals(SHIPPED.dataset())) {
      return new IdxDatasetReader(SHIPPED, FileSource.shipped(SHIPPED.dataset())).read();
    }
    if (spec.name().equals(FROM_DIRECTORY.dataset())) {
      return new IdxDatasetReader(FROM_DIRECTORY, directory(spec)).read();
    }
    throw new BadDataException(
        "dataset.name: expected one of %s, found '%s'"
            .formatted(String.join(", ", names()), spec.name()));
  }

  /**
   * What a network for this data set has to fit.
   *
   * @throws BadDataException if there is no such data set
   */
  public static DataShape shape(DatasetSpec spec) {
    return new DataShape(new ImageShape(28, 28, 1), 10);
  }

  /**
   * Checks that a data set can be loaded, and forgets it.
   *
   * @throws BadDataException as {@link #load} does
   */
  public static void check(DatasetSpec spec) {
    Dataset unused = load(spec);
  }

  private static FileSource directory(DatasetSpec spec) {
    String dir =
        spec.dir()
            .orElseThrow(
                () ->
                    new BadDataException(
                        "dataset.dir: expected a directory with the original files of %s, found"
                                .formatted(spec.name())
                            + " none; add dir = \"...\" or use fashion-mnist, which ships inside"));
    return FileSource.directory(spec.name(), dir);
  }
}
