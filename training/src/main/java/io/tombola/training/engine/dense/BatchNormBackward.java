package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.ParameterGroup.Range;
import io.tombola.training.network.Layer;
import java.util.List;
import java.util.Optional;

/**
 * The gradients of a batch normalisation by scales, shifts and input (Ioffe and Szegedy 2015,
 * section 3).
 */
final class BatchNormBackward implements LayerBackward {

  private final BatchNormForward forward;
  private final ChannelSums sums;
  // By scales, then by shifts.
  private final float[] gradients;

  BatchNormBackward(BatchNormForward forward) {
    this.forward = forward;
    int channels = forward.layer().channels();
    sums = new ChannelSums(channels);
    gradients = new float[2 * channels];
  }

  @Override
  public void run(Activations gradient, Optional<Activations> below) {
    float[] values = gradient.array();
    if (forward.layer().rectified()) {
      Elementwise.maskByActivity(values, forward.output().array());
    }
    int channels = forward.layer().channels();
    double[] scales = sums.of(forward.rows(), (start, into) -> addProducts(values, start, into));
    for (int c = 0; c < channels; c++) {
      gradients[c] = (float) scales[c];
    }
    double[] shifts = sums.of(forward.rows(), (start, into) -> addRow(values, start, into));
    for (int c = 0; c < channels; c++) {
      gradients[channels + c] = (float) shifts[c];
    }
    below.ifPresent(into -> passOn(values, into));
  }

  private void addProducts(float[] gradient, int start, float[] into) {
    float[] in = forward.input().array();
    float[] means = forward.means();
    float[] inverse = forward.inverseDeviations();
    for (int c = 0; c < into.length; c++) {
      into[c] += gradient[start + c] * ((in[start + c] - means[c]) * inverse[c]);
    }
  }

  private static void addRow(float[] values, int start, float[] into) {
    for (int c = 0; c < into.length; c++) {
      into[c] += values[start + c];
    }
  }

  private void passOn(float[] gradient, Activations below) {
    int channels = forward.layer().channels();
    float[] meanProducts = new float[channels];
    float[] meanGradients = new float[channels];
    for (int c = 0; c < channels; c++) {
      meanProducts[c] = gradients[c] / forward.rows() * forward.inverseDeviations()[c];
      meanGradients[c] = gradients[channels + c] / forward.rows();
    }
    float[] in = forward.input().array();
    float[] into = below.array();
    float[] means = forward.means();
    float[] slopes = forward.slopes();
    for (int r = 0; r < forward.rows(); r++) {
      int start = r * channels;
      for (int c = 0; c < channels; c++) {
        float common = meanGradients[c] + (in[start + c] - means[c]) * meanProducts[c];
        into[start + c] = (gradient[start + c] - common) * slopes[c];
      }
    }
    below.changed();
  }

  @Override
  public List<ParameterGroup> trained() {
    Layer.BatchNorm layer = forward.layer();
    Range range = new Range(layer.offset(), 2 * layer.channels(), false);
    return List.of(new ParameterGroup.OnHeap(range, gradients));
  }
}
