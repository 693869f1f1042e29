package io.tombola.training.network;

import io.tombola.training.data.ImageShape;

/**
 * One thing a network does to each example. Values between stages are ordered by row, column and
 * channel; what a dense layer puts out is an image of one pixel with a channel for each unit.
 */
public sealed interface Layer {

  /** What goes in. */
  ImageShape input();

  /** What comes out. */
  default ImageShape output() {
    return input();
  }

  /**
   * A convolution with stride 1 and 'same' padding by zeros, without its activation.
   *
   * @param layer which of {@link Network#layers} holds its weights, from 0; their rows are ordered
   *     by kernel row, kernel column and input channel
   * @param kernel edge length in pixels, odd
   */
  record Convolution(int layer, ImageShape input, int filters, int kernel) implements Layer {
    @Override
    public ImageShape output() {
      return new ImageShape(input.height(), input.width(), filters);
    }
  }

  /**
   * A dense layer without its activation.
   *
   * @param layer which of {@link Network#layers} holds its weights, from 0
   */
  record Dense(int layer, ImageShape input, int units) implements Layer {
    @Override
    public ImageShape output() {
      return new ImageShape(1, 1, units);
    }
  }

  /** Replaces negative values by 0. */
  record Relu(ImageShape input) implements Layer {}

  /**
   * The largest value of each square of pixels, channel by channel; squares that do not fit at the
   * right and at the bottom are left out.
   *
   * @param size edge length of the squares, and the step between them
   */
  record MaxPool(ImageShape input, int size) implements Layer {
    @Override
    public ImageShape output() {
      return new ImageShape(input.height() / size, input.width() / size, input.channels());
    }
  }

  /**
   * While training, each value becomes 0 with probability {@code rate} and is divided by 1 - rate
   * otherwise (Srivastava et al. 2014, in the inverted form); nothing else.
   *
   * @param index from 0, tells the dropouts of a network apart
   */
  record Dropout(ImageShape input, double rate, int index) implements Layer {}

  /**
   * Batch normalisation by channel (Ioffe and Szegedy 2015), with epsilon {@value #EPSILON};
   * running statistics keep {@value #DECAY} of what they were at each step.
   *
   * @param offset where its parameters start in the canonical layout: scales, shifts, running
   *     means, running variances, one each a channel; the last two are not trained
   */
  record BatchNorm(ImageShape input, int offset) implements Layer {

    /** Added to variances. */
    public static final float EPSILON = 1e-5f;

    /** The part of the running statistics that a step keeps. */
    public static final float DECAY = 0.9f;

    /** Channels that are normalised, each by itself. */
    public int channels() {
      return input.channels();
    }
  }
}
