package io.tombola.training.network;

import io.tombola.training.data.ImageShape;

/**
 * One layer of a network, with the ReLU after it where it has one. Values are ordered by row,
 * column and channel; the output of a dense layer is an image of one pixel with a channel for each
 * unit. Immutable.
 *
 * <p>Code that depends on the kind of a layer implements {@link Visitor}, so that the compiler
 * reports each place that a new kind of layer is missing from.
 */
public sealed interface Layer {

  /** The shape of its input. */
  ImageShape input();

  /** The shape of its output. */
  default ImageShape output() {
    return input();
  }

  /** Whether a ReLU follows: negative outputs become 0. */
  default boolean rectified() {
    return false;
  }

  /** Pixels around its input that it reads as zeros. */
  default int padding() {
    return 0;
  }

  /** Calls the method of {@code visitor} for this kind of layer. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A method for each kind of layer.
   *
   * @param <R> the result
   */
  interface Visitor<R> {

    /** Visits a convolution. */
    R convolution(Convolution convolution);

    /** Visits a dense layer. */
    R dense(Dense dense);

    /** Visits a batch normalisation. */
    R batchNorm(BatchNorm norm);

    /** Visits a pooling layer of any kind. */
    R pool(Pool pool);

    /** Visits a dropout. */
    R dropout(Dropout dropout);
  }

  /** A layer with prunable weights and with biases. */
  sealed interface Weighted extends Layer {

    /** Which of {@link Network#prunableLayers} describes its weights, from 0. */
    int index();

    /** Multiplications that an example takes of each weight, zeros of padding included. */
    long multiplicationsPerWeight();
  }

  /**
   * A convolution with stride 1 and 'same' padding by zeros. Its weights are [kernel rows][kernel
   * columns][input channels][filters].
   *
   * @param kernel edge length in pixels, odd
   */
  record Convolution(int index, ImageShape input, int filters, int kernel, boolean rectified)
      implements Weighted {

    @Override
    public ImageShape output() {
      return new ImageShape(input.height(), input.width(), filters);
    }

    @Override
    public int padding() {
      return kernel / 2;
    }

    @Override
    public long multiplicationsPerWeight() {
      return (long) output().height() * output().width();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.convolution(this);
    }
  }

  /** A dense layer. Its weights are [input values][units]. */
  record Dense(int index, ImageShape input, int units, boolean rectified) implements Weighted {

    @Override
    public ImageShape output() {
      return new ImageShape(1, 1, units);
    }

    @Override
    public long multiplicationsPerWeight() {
      return 1;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dense(this);
    }
  }

  /**
   * Batch normalisation by channel (Ioffe and Szegedy 2015), with epsilon {@value #EPSILON};
   * running statistics keep {@value #DECAY} of their value at each step.
   *
   * @param offset where its parameters start in the canonical layout: scales, shifts, running
   *     means, running variances, one each per channel; the last two are not trained
   */
  record BatchNorm(ImageShape input, int offset, boolean rectified) implements Layer {

    /** Added to variances. */
    public static final float EPSILON = 1e-5f;

    /** The part of the running statistics that a step keeps. */
    public static final float DECAY = 0.9f;

    /** Channels, each normalised by itself. */
    public int channels() {
      return input.channels();
    }

    /** All its parameters, the running statistics included. */
    public int parameterCount() {
      return 4 * channels();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.batchNorm(this);
    }
  }

  /**
   * One value for each square of pixels, channel by channel; squares that do not fit at the right
   * and at the bottom are left out.
   *
   * @param size edge length of the squares, and the step between them
   */
  record Pool(Kind kind, ImageShape input, int size) implements Layer {

    /** How the values of a square become one. */
    public enum Kind {
      /** The largest value, the first of equal ones. */
      MAX
    }

    @Override
    public ImageShape output() {
      return new ImageShape(input.height() / size, input.width() / size, input.channels());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.pool(this);
    }
  }

  /**
   * While training, each value becomes 0 with probability {@code rate} and is divided by 1 - rate
   * otherwise (Srivastava et al. 2014, in the inverted form). A trained network drops nothing.
   *
   * @param index which dropout of the network this is, from 0
   */
  record Dropout(ImageShape input, double rate, int index) implements Layer {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dropout(this);
    }
  }
}
