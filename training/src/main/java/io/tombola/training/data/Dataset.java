package io.tombola.training.data;

/**
 * A data set as its authors split it. Immutable and thread-safe.
 *
 * @param name as in {@link Datasets#names}
 * @param train what training and validation are drawn from
 * @param test never selected on
 * @param classes labels are 0 to {@code classes} - 1
 * @param contentHash SHA-256, in hexadecimal, over the unpacked files: train images, train labels,
 *     test images, test labels
 */
public record Dataset(
    String name,
    Examples train,
    Examples test,
    int classes,
    ImageShape shape,
    String contentHash) {}
