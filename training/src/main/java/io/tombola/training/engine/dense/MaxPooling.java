package io.tombola.training.engine.dense;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Max-pooling forth and back; of equal values in a square the first, row by row, is the largest.
 */
final class MaxPooling implements Forward {

  private final Layer.MaxPool stage;
  private final int examples;
  private final int channels;
  private final Activations output;
  private final float[] largest;
  private final float[] candidate;
  private final float[] left;
  private Activations input;

  MaxPooling(Layer.MaxPool stage, int examples) {
    this.stage = stage;
    this.examples = examples;
    channels = stage.input().channels();
    output = new Activations(examples, stage.output().values());
    largest = new float[channels];
    candidate = new float[channels];
    left = new float[channels];
  }

  @Override
  public Activations infer(Activations in) {
    input = in;
    for (int square = 0; square < squares(); square++) {
      findLargest(square);
      System.arraycopy(largest, 0, output.array(), square * channels, channels);
    }
    output.changed();
    return output;
  }

  private void findLargest(int square) {
    System.arraycopy(input.array(), pixel(square, 0), largest, 0, channels);
    for (int p = 1; p < stage.size() * stage.size(); p++) {
      System.arraycopy(input.array(), pixel(square, p), candidate, 0, channels);
      raise(largest, candidate);
    }
  }

  private static void raise(float[] largest, float[] candidate) {
    for (int c = 0; c < largest.length; c++) {
      largest[c] = Math.max(largest[c], candidate[c]);
    }
  }

  private void back(Activations gradient, Optional<Activations> below) {
    if (below.isEmpty()) {
      return;
    }
    float[] into = below.get().array();
    Arrays.fill(into, 0);
    for (int square = 0; square < squares(); square++) {
      findLargest(square);
      System.arraycopy(gradient.array(), square * channels, left, 0, channels);
      for (int p = 0; p < stage.size() * stage.size(); p++) {
        System.arraycopy(input.array(), pixel(square, p), candidate, 0, channels);
        take(left, candidate, largest);
        System.arraycopy(candidate, 0, into, pixel(square, p), channels);
      }
    }
    below.get().changed();
  }

  /**
   * Replaces each candidate by its gradient: all that is left where it is the largest, else 0.
   * Without a branch, since nobody can predict which is the largest.
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

  /** Output pixels of all examples. */
  private int squares() {
    return examples * stage.output().height() * stage.output().width();
  }

  /** Where a pixel of a square starts in the input. */
  private int pixel(int square, int index) {
    ImageShape out = stage.output();
    int column = square % out.width();
    int row = square / out.width() % out.height();
    int example = square / (out.width() * out.height());
    int y = row * stage.size() + index / stage.size();
    int x = column * stage.size() + index % stage.size();
    return ((example * stage.input().height() + y) * stage.input().width() + x) * channels;
  }

  @Override
  public Layer.MaxPool stage() {
    return stage;
  }

  @Override
  public Backward backward() {
    return this::back;
  }

  @Override
  public void close() {
    output.close();
  }
}
