package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;
import io.tombola.training.seed.RandomStream;
import java.util.function.IntFunction;

/**
 * Batch normalisation: by the running statistics, or in training by those of the batch, which then
 * move the running ones. The variance of a batch is the mean squared deviation, in both places.
 */
final class BatchNormForward implements Forward {

  private final Layer.BatchNorm stage;
  private final Parameters parameters;
  private final boolean rectified;
  private final int rows;
  private final Activations output;
  private final ChannelSums sums;
  private final float[] means;
  private final float[] inverseDeviations;
  private final float[] slopes;
  private Activations input;

  BatchNormForward(Layer.BatchNorm stage, Parameters parameters, int examples, boolean rectified) {
    this.stage = stage;
    this.parameters = parameters;
    this.rectified = rectified;
    int channels = stage.channels();
    rows = examples * (stage.input().values() / channels);
    output = new Activations(examples, stage.output().values());
    sums = new ChannelSums(channels);
    means = new float[channels];
    inverseDeviations = new float[channels];
    slopes = new float[channels];
  }

  @Override
  public Activations infer(Activations in) {
    float[] of = parameters.values();
    for (int c = 0; c < stage.channels(); c++) {
      means[c] = of[runningMeans() + c];
      inverseDeviations[c] = inverseDeviation(of[runningVariances() + c]);
    }
    return normalise(in);
  }

  @Override
  public Activations train(Activations in, IntFunction<RandomStream> dropouts) {
    measure(in.array());
    return normalise(in);
  }

  private void measure(float[] values) {
    double[] sum = sums.of(rows, (start, into) -> addRow(values, start, into));
    for (int c = 0; c < means.length; c++) {
      means[c] = (float) (sum[c] / rows);
      move(runningMeans() + c, means[c]);
    }
    double[] squares = sums.of(rows, (start, into) -> addSquares(values, start, into));
    for (int c = 0; c < means.length; c++) {
      double variance = squares[c] / rows;
      inverseDeviations[c] = inverseDeviation(variance);
      move(runningVariances() + c, (float) variance);
    }
  }

  private static void addRow(float[] values, int start, float[] into) {
    for (int c = 0; c < into.length; c++) {
      into[c] += values[start + c];
    }
  }

  private void addSquares(float[] values, int start, float[] into) {
    for (int c = 0; c < into.length; c++) {
      float deviation = values[start + c] - means[c];
      into[c] += deviation * deviation;
    }
  }

  private void move(int statistic, float batch) {
    float[] of = parameters.values();
    float kept = Layer.BatchNorm.DECAY;
    of[statistic] = kept * of[statistic] + (1 - kept) * batch;
  }

  private static float inverseDeviation(double variance) {
    return (float) (1 / Math.sqrt(variance + Layer.BatchNorm.EPSILON));
  }

  private Activations normalise(Activations in) {
    input = in;
    int channels = stage.channels();
    for (int c = 0; c < channels; c++) {
      slopes[c] = parameters.values()[stage.offset() + c] * inverseDeviations[c];
    }
    for (int r = 0; r < rows; r++) {
      normaliseRow(in.array(), output.array(), r * channels);
    }
    if (rectified) {
      Elementwise.rectify(output.array(), 0, output.array().length);
    }
    output.changed();
    return output;
  }

  private void normaliseRow(float[] from, float[] into, int start) {
    int shifts = stage.offset() + stage.channels();
    for (int c = 0; c < slopes.length; c++) {
      into[start + c] = (from[start + c] - means[c]) * slopes[c] + parameters.values()[shifts + c];
    }
  }

  private int runningMeans() {
    return stage.offset() + 2 * stage.channels();
  }

  private int runningVariances() {
    return stage.offset() + 3 * stage.channels();
  }

  @Override
  public Layer.BatchNorm stage() {
    return stage;
  }

  boolean rectified() {
    return rectified;
  }

  int rows() {
    return rows;
  }

  Activations input() {
    return input;
  }

  Activations output() {
    return output;
  }

  /** The means that the last call subtracted, by channel. */
  float[] means() {
    return means;
  }

  /** What the last call multiplied deviations by before scaling, by channel. */
  float[] inverseDeviations() {
    return inverseDeviations;
  }

  /** What the last call multiplied deviations by in all, by channel. */
  float[] slopes() {
    return slopes;
  }

  @Override
  public Backward backward() {
    return new BatchNormBackward(this);
  }

  @Override
  public void close() {
    output.close();
  }
}
