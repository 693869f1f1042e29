package io.tombola.training.data;

import io.tombola.training.data.IdxFiles.Pinned;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads a data set of 28 x 28 grey images in ten classes from its four IDX files. */
final class IdxDatasetReader {

  private static final int CLASSES = 10;
  private static final int IMAGE_RANK = 3;
  private static final int LABEL_RANK = 1;

  private final IdxFiles files;
  private final FileSource source;
  private final MessageDigest all = sha256();

  IdxDatasetReader(IdxFiles files, FileSource source) {
    this.files = files;
    this.source = source;
  }

  Dataset read() {
    Idx trainImages = read(files.trainImages(), IMAGE_RANK);
    Idx trainLabels = read(files.trainLabels(), LABEL_RANK);
    Idx testImages = read(files.testImages(), IMAGE_RANK);
    Idx testLabels = read(files.testLabels(), LABEL_RANK);
    ImageShape shape = new ImageShape(trainImages.dimension(1), trainImages.dimension(2), 1);
    return new Dataset(
        files.dataset(),
        new Examples(trainImages.values(), trainLabels.values(), shape.values()),
        new Examples(testImages.values(), testLabels.values(), shape.values()),
        CLASSES,
        shape,
        HexFormat.of().formatHex(all.digest()));
  }

  private Idx read(Pinned pinned, int rank) {
    FileContent content = source.read(pinned.name());
    Idx idx = Idx.parse(content.bytes(), content.file(), rank);
    String found = HexFormat.of().formatHex(sha256().digest(content.bytes()));
    if (!found.equals(pinned.sha256())) {
      throw new BadDataException(
          "%s: expected SHA-256 %s once unpacked, found %s; fetch the original file of %s again"
              .formatted(content.file(), pinned.sha256(), found, files.dataset()));
    }
    all.update(content.bytes());
    return idx;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
