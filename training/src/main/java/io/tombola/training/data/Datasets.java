package io.tombola.training.data;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.DatasetSpec.Normalization;
import java.util.List;

/** The data sets a campaign can name. */
public final class Datasets {

  private static final String FASHION_MNIST = IdxFiles.FASHION_MNIST.dataset();
  private static final String MNIST = IdxFiles.MNIST.dataset();
  private static final String CIFAR_10 = CifarArchive.ORIGINAL.dataset();
  private static final String IDX = "idx";
  private static final String CIFAR = "cifar";

  private static final DataShape MNIST_SHAPE = new DataShape(new ImageShape(28, 28, 1), 10);
  private static final DataShape CIFAR_10_SHAPE = new DataShape(CifarFiles.IMAGE, 10);

  private Datasets() {}

  /** The names that {@link #load} knows: three data sets and two file formats. */
  public static List<String> names() {
    return List.of(FASHION_MNIST, MNIST, CIFAR_10, IDX, CIFAR);
  }

  /** Whether a name says only in which format the files of a directory are. */
  public static boolean needsDirectory(String name) {
    return name.equals(IDX) || name.equals(CIFAR);
  }

  /**
   * Reads a data set from a directory, if the campaign names one, else from inside or from the
   * cache; fetches it there first if it must. Takes seconds and as much memory as the pixels have
   * bytes, for IDX files up to twice that for a moment; share the result.
   *
   * @throws BadDataException if there is no such data set, its files are missing or damaged, or it
   *     has fewer examples than are wanted of it
   */
  public static Dataset load(DatasetSpec spec, DataSources sources) {
    Dataset data = reader(spec, sources).read();
    requireClasses(data);
    DataSplits.requireFit(data, spec);
    return spec.normalization() == Normalization.PER_CHANNEL ? data.normalized() : data;
  }

  /**
   * What a network for this data set has to fit. Fetches nothing, and opens files only if the name
   * is that of a format.
   *
   * @throws BadDataException if there is no such data set or its files are missing or damaged
   */
  public static DataShape shape(DatasetSpec spec) {
    String name = spec.name();
    if (name.equals(FASHION_MNIST) || name.equals(MNIST)) {
      return MNIST_SHAPE;
    }
    return name.equals(CIFAR_10) ? CIFAR_10_SHAPE : inFormat(spec).shape();
  }

  /** Files without a known hash may be another data set's. */
  private static void requireClasses(Dataset data) {
    if (data.name().equals(CIFAR_10) && data.classes() != CIFAR_10_SHAPE.classes()) {
      throw new BadDataException(
          "cifar-10: expected labels from 0 to %d, found up to %d; put the original files there"
              .formatted(CIFAR_10_SHAPE.classes() - 1, data.classes() - 1));
    }
  }

  private static DatasetReader reader(DatasetSpec spec, DataSources sources) {
    String name = spec.name();
    if (name.equals(FASHION_MNIST)) {
      return IdxFiles.FASHION_MNIST.shipped();
    }
    if (name.equals(MNIST)) {
      return IdxFiles.MNIST.in(directory(spec, sources, IdxFiles.MNIST));
    }
    return name.equals(CIFAR_10)
        ? new CifarDatasetReader(
            CifarFiles.original(directory(spec, sources, CifarArchive.ORIGINAL)))
        : inFormat(spec);
  }

  private static DatasetReader inFormat(DatasetSpec spec) {
    return switch (spec.name()) {
      case IDX -> new IdxDatasetReader(IDX, IdxSet.find(DataDirectory.of(spec)), List.of());
      case CIFAR -> new CifarDatasetReader(CifarFiles.find(DataDirectory.of(spec)));
      default ->
          throw new BadDataException(
              "dataset.name: expected one of %s, found '%s'; correct it"
                  .formatted(String.join(", ", names()), spec.name()));
    };
  }

  private static DataDirectory directory(
      DatasetSpec spec, DataSources sources, RemoteDataset original) {
    return spec.dir().isPresent() ? DataDirectory.of(spec) : sources.folder(original);
  }
}
