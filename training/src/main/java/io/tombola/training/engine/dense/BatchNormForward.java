package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;
import io.tombola.training.seed.RandomStream;
import java.util.function.IntFunction;

/**
 * Batch normalisation: by the running statistics, or in training by those of the batch, which then
 * move the running ones. The variance of a batch is the mean squared deviation, in both places.
 */
final class BatchNormForward implements LayerForward {

  private final Layer.BatchNorm layer;
  private final Parameters parameters;
  private final int rows;
  private final Activations output;
  private final ChannelSums sums;
  private final float[] means;
  private final float[] inverseDeviations;
  private final float[] slopes;
  private Activations input = Activations.none();

  BatchNormForward(Layer.BatchNorm layer, Parameters parameters, int examples) {
    this.layer = layer;
    this.parameters = parameters;
    int channels = layer.channels();
    rows = examples * (layer.input().values() / channels);
    output = new Activations(examples, layer.output().values());
    sums = new ChannelSums(channels);
    means = new float[channels];
    inverseDeviations = new float[channels];
    slopes = new float[channels];
  }

  @Override
  public Activations infer(Activations in) {
    float[] of = parameters.values();
    for (int c = 0; c < layer.channels(); c++) {
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
    int channels = layer.channels();
    for (int c = 0; c < channels; c++) {
      slopes[c] = parameters.values()[layer.offset() + c] * inverseDeviations[c];
    }
    for (int r = 0; r < rows; r++) {
      normaliseRow(in.array(), output.array(), r * channels);
    }
    if (layer.rectified()) {
      Elementwise.rectify(output.array(), 0, output.array().length);
    }
    output.changed();
    return output;
  }

  private void normaliseRow(float[] from, float[] into, int start) {
    int shifts = layer.offset() + layer.channels();
    for (int c = 0; c < slopes.length; c++) {
      into[start + c] = (from[start + c] - means[c]) * slopes[c] + parameters.values()[shifts + c];
    }
  }

  private int runningMeans() {
    return layer.offset() + 2 * layer.channels();
  }

  private int runningVariances() {
    return layer.offset() + 3 * layer.channels();
  }

  @Override
  public Layer.BatchNorm layer() {
    return layer;
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
  public LayerBackward backward() {
    return new BatchNormBackward(this);
  }

  @Override
  public void close() {
    output.close();
  }
}
