package io.tombola.training.saliency;

import io.tombola.training.network.Layer;

/**
 * A batch normalisation by its running statistics, which makes it scale and shift each channel. Its
 * parameters count as constants.
 */
final class BatchNormOperator implements Operator {

  private final Layer.BatchNorm norm;

  BatchNormOperator(Layer.BatchNorm norm) {
    this.norm = norm;
  }

  @Override
  public Dual forward(Dual parameters, Dual input) {
    Dual output = scaled(parameters.value, input);
    int channels = norm.channels();
    for (int i = 0; i < output.size(); i++) {
      int channel = norm.offset() + i % channels;
      double mean = parameters.value[channel + 2 * channels];
      double shift = parameters.value[channel + channels];
      output.value[i] += shift - mean * scale(parameters.value, i % channels);
    }
    return output;
  }

  @Override
  public Dual backward(Dual parameters, Dual input, Dual byOutput) {
    return scaled(parameters.value, byOutput);
  }

  private Dual scaled(double[] parameters, Dual from) {
    Dual to = from.zeros(from.size());
    for (int i = 0; i < from.size(); i++) {
      double scale = scale(parameters, i % norm.channels());
      to.value[i] = scale * from.value[i];
      if (to.hasTangent()) {
        to.tangent[i] = scale * from.tangent[i];
      }
    }
    return to;
  }

  private double scale(double[] parameters, int channel) {
    double variance = parameters[norm.offset() + 3 * norm.channels() + channel];
    return parameters[norm.offset() + channel] / Math.sqrt(variance + Layer.BatchNorm.EPSILON);
  }
}
