package io.tombola.training.data;

/**
 * The shape of an image in pixels.
 *
 * @param channels 1 for grey
 */
public record ImageShape(int height, int width, int channels) {

  /** Values an image has. */
  public int values() {
    return height * width * channels;
  }

  /** Such as {@code 32 x 32 x 3}. */
  @Override
  public String toString() {
    return height + " x " + width + " x " + channels;
  }
}
