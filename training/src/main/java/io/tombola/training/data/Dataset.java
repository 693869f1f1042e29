package io.tombola.training.data;

/**
 * A data set as its authors split it. Immutable and thread-safe.
 *
 * @param name as in {@link Datasets#names}
 * @param train what training and validation are drawn from
 * @param test never selected on
 * @param classes labels are 0 to {@code classes} - 1
 * @param contentHash SHA-256, in hexadecimal, over the unpacked files: train images, train labels,
 *     test images, test labels; or, where images and labels are together, train files, test file
 * @param normalization what {@code train} and {@code test} do to pixels
 */
public record Dataset(
    String name,
    Examples train,
    Examples test,
    int classes,
    ImageShape shape,
    String contentHash,
    ChannelNormalization normalization) {

  /** A data set whose pixels are scaled to [0, 1], no more. */
  Dataset(
      String name,
      Examples train,
      Examples test,
      int classes,
      ImageShape shape,
      String contentHash) {
    this(name, train, test, classes, shape, contentHash, ChannelNormalization.NONE);
  }

  /** The same data with mean 0 and deviation 1 over the training files, channel by channel. */
  Dataset normalized() {
    ChannelNormalization channels = ChannelNormalization.over(train);
    return new Dataset(
        name,
        train.normalized(channels),
        test.normalized(channels),
        classes,
        shape,
        contentHash,
        channels);
  }
}
