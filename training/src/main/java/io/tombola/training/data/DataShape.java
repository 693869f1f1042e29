package io.tombola.training.data;

/**
 * What a network has to fit.
 *
 * @param image one example
 * @param classes labels are 0 to {@code classes} - 1
 */
public record DataShape(ImageShape image, int classes) {}
