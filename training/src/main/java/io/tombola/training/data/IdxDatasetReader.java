package io.tombola.training.data;

import io.tombola.protocol.hash.Sha256;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;

/**
 * Reads a data set from four IDX files; images are grey (rank 3) or have channels last (rank 4).
 */
final class IdxDatasetReader implements DatasetReader {

  private static final List<Integer> IMAGE_RANKS = List.of(3, 4);
  private static final List<Integer> LABEL_RANK = List.of(1);

  private final String dataset;
  private final IdxSet files;
  private final List<String> hashes;

  /**
   * A reader.
   *
   * @param hashes SHA-256 of each unpacked file, in the order of {@link IdxSet#inOrder}; empty if
   *     unknown
   */
  IdxDatasetReader(String dataset, IdxSet files, List<String> hashes) {
    this.dataset = dataset;
    this.files = files;
    this.hashes = hashes;
  }

  @Override
  public Dataset read() {
    MessageDigest all = Sha256.digest();
    Idx trainImages = read(0, IMAGE_RANKS, all);
    Idx trainLabels = read(1, LABEL_RANK, all);
    Idx testImages = read(2, IMAGE_RANKS, all);
    Idx testLabels = read(3, LABEL_RANK, all);
    ImageShape shape = shape(trainImages, testImages);
    requireSameCount(trainImages, files.trainImages(), trainLabels, files.trainLabels());
    requireSameCount(testImages, files.testImages(), testLabels, files.testLabels());
    return new Dataset(
        dataset,
        new Examples(trainImages.values(), trainLabels.values(), shape),
        new Examples(testImages.values(), testLabels.values(), shape),
        Labels.classes(trainLabels.values(), testLabels.values()),
        shape,
        Sha256.hex(all));
  }

  @Override
  public DataShape shape() {
    Idx trainImages = header(files.trainImages());
    Idx testImages = header(files.testImages());
    Idx trainLabels = labels(files.trainLabels());
    Idx testLabels = labels(files.testLabels());
    ImageShape shape = shape(trainImages, testImages);
    requireSameCount(trainImages, files.trainImages(), trainLabels, files.trainLabels());
    requireSameCount(testImages, files.testImages(), testLabels, files.testLabels());
    return new DataShape(shape, Labels.classes(trainLabels.values(), testLabels.values()));
  }

  private Idx read(int position, List<Integer> ranks, MessageDigest all) {
    DataFile file = files.inOrder().get(position);
    MessageDigest own = Sha256.digest();
    // Of the first and largest file, the hash of all files so far is its own.
    boolean first = position == 0;
    Idx idx =
        file.read(
            in -> {
              InputStream hashed = new DigestInputStream(in, all);
              return Idx.read(
                  first ? hashed : new DigestInputStream(hashed, own), file.name(), ranks);
            });
    String found = first ? Sha256.hexSoFar(all) : Sha256.hex(own);
    if (!hashes.isEmpty() && !found.equals(hashes.get(position))) {
      throw new BadDataException(
          "%s: expected SHA-256 %s once unpacked, found %s; put the original file of %s there"
              .formatted(file.name(), hashes.get(position), found, dataset));
    }
    return idx;
  }

  private static Idx header(DataFile file) {
    return file.read(in -> Idx.header(in, file.name(), IMAGE_RANKS));
  }

  private static Idx labels(DataFile file) {
    return file.read(in -> Idx.read(in, file.name(), LABEL_RANK));
  }

  private ImageShape shape(Idx train, Idx test) {
    ImageShape shape = shape(train, files.trainImages());
    ImageShape other = shape(test, files.testImages());
    if (!shape.equals(other)) {
      throw new BadDataException(
          "%s: expected images of %s as in %s, found %s; put files of one data set together"
              .formatted(files.testImages().name(), shape, files.trainImages().name(), other));
    }
    return shape;
  }

  private static ImageShape shape(Idx images, DataFile file) {
    int channels = images.rank() == 3 ? 1 : images.dimension(3);
    ImageShape shape = new ImageShape(images.dimension(1), images.dimension(2), channels);
    if (images.dimension(0) < 1 || shape.height() < 1 || shape.width() < 1 || channels < 1) {
      throw new BadDataException(
          "%s: expected at least one image of at least one pixel, found %d of %s; check the file"
              .formatted(file.name(), images.dimension(0), shape));
    }
    return shape;
  }

  private static void requireSameCount(
      Idx images, DataFile imageFile, Idx labels, DataFile labelFile) {
    if (images.dimension(0) != labels.dimension(0)) {
      throw new BadDataException(
          "%s: expected %d labels, one for each image of %s, found %d; put files of one data set"
                  .formatted(
                      labelFile.name(), images.dimension(0), imageFile.name(), labels.dimension(0))
              + " together");
    }
  }
}
