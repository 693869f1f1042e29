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
}
