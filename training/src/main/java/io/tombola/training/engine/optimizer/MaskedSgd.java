package io.tombola.training.engine.optimizer;

import io.tombola.protocol.spec.OptimizerSpec;

/** Gradient descent: w = w - rate * gradient; weight decay is part of the gradient. */
final class MaskedSgd extends MaskedOptimizer {

  private float rate;

  MaskedSgd(float[] parameters, float[] keep) {
    super(OptimizerSpec.Type.SGD, parameters, keep, 0);
  }

  @Override
  void begin(double learningRate, int step) {
    rate = (float) learningRate;
  }

  @Override
  public void update(int from, int to, float decay) {
    float size = rate;
    float[] w = parameters;
    float[] g = gradients;
    float[] k = keep;
    for (int i = from; i < to; i++) {
      float weight = w[i];
      w[i] = weight - size * (g[i] * k[i] + decay * weight);
    }
  }
}
