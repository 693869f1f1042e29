package io.tombola.training.engine.dense;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;
import java.util.Arrays;
import java.util.Optional;

/** Pooling, forward and backward, square by square with all channels at once. */
final class Pooling implements LayerForward {

  /** Computes one kind of pooling for a square. */
  private interface Reduction {

    /** Sets {@code result}, one value for each channel, from the input. */
    void reduce(int square, float[] result);

    /**
     * Writes the gradient by the square's pixels.
     *
     * @param gradient by the square's result, one value for each channel; may be changed
     * @param below by the input of all examples
     */
    void distribute(int square, float[] gradient, float[] below);
  }

  private final Layer.Pool layer;
  private final ImageShape in;
  private final ImageShape out;
  private final int channels;

  /** Output pixels of all examples. */
  private final int squares;

  /** Pixels of a square. */
  private final int area;

  private final Activations output;
  private final Reduction reduction;
  private final float[] values;
  private Activations input = Activations.none();

  Pooling(Layer.Pool layer, int examples) {
    this.layer = layer;
    in = layer.input();
    out = layer.output();
    channels = in.channels();
    squares = examples * out.height() * out.width();
    area = layer.size() * layer.size();
    output = new Activations(examples, out.values());
    values = new float[channels];
    reduction =
        switch (layer.kind()) {
          case MAX -> new Largest();
        };
  }

  @Override
  public Activations infer(Activations activations) {
    input = activations;
    for (int square = 0; square < squares; square++) {
      reduction.reduce(square, values);
      System.arraycopy(values, 0, output.array(), square * channels, channels);
    }
    output.changed();
    return output;
  }

  private void back(Activations gradient, Optional<Activations> below) {
    if (below.isEmpty()) {
      return;
    }
    float[] into = below.get().array();
    Arrays.fill(into, 0);
    for (int square = 0; square < squares; square++) {
      System.arraycopy(gradient.array(), square * channels, values, 0, channels);
      reduction.distribute(square, values, into);
    }
    below.get().changed();
  }

  /** Where a pixel of a square starts in the input; {@code index} row by row in the square. */
  private int pixel(int square, int index) {
    int column = square % out.width();
    int row = square / out.width() % out.height();
    int example = square / (out.width() * out.height());
    int y = row * layer.size() + index / layer.size();
    int x = column * layer.size() + index % layer.size();
    return ((example * in.height() + y) * in.width() + x) * channels;
  }

  @Override
  public Layer.Pool layer() {
    return layer;
  }

  @Override
  public LayerBackward backward() {
    return this::back;
  }

  @Override
  public void close() {
    output.close();
  }

  /** The largest value; of equal values the first, row by row, gets the gradient. */
  private final class Largest implements Reduction {

    private final float[] largest = new float[channels];
    private final float[] candidate = new float[channels];

    @Override
    public void reduce(int square, float[] result) {
      System.arraycopy(input.array(), pixel(square, 0), result, 0, channels);
      for (int p = 1; p < area; p++) {
        System.arraycopy(input.array(), pixel(square, p), candidate, 0, channels);
        raise(result, candidate);
      }
    }

    private static void raise(float[] largest, float[] candidate) {
      for (int c = 0; c < largest.length; c++) {
        largest[c] = Math.max(largest[c], candidate[c]);
      }
    }

    @Override
    public void distribute(int square, float[] gradient, float[] below) {
      reduce(square, largest);
      for (int p = 0; p < area; p++) {
        System.arraycopy(input.array(), pixel(square, p), candidate, 0, channels);
        take(gradient, candidate, largest);
        System.arraycopy(candidate, 0, below, pixel(square, p), channels);
      }
    }

    /**
     * Replaces each candidate by its gradient: all that is left where it is the largest, else 0.
     * Without a branch, since a processor cannot predict which one is the largest.
     */
    private static void take(float[] left, float[] candidate, float[] largest) {
      for (int c = 0; c < candidate.length; c++) {
        // 1 for every distance above 0, the smallest included.
        float near = Math.min((largest[c] - candidate[c]) * Float.MAX_VALUE, 1f);
        float smaller = Math.min(near * Float.MAX_VALUE, 1f);
        float part = left[c] * (1 - smaller);
        left[c] -= part;
        candidate[c] = part;
      }
    }
  }
}
