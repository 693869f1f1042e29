package io.tombola.training.engine.optimizer;

import io.tombola.protocol.spec.OptimizerSpec;

/**
 * Gradient descent with heavy-ball momentum (Polyak 1964): v = momentum * v + gradient, w = w -
 * rate * v; weight decay is part of the gradient.
 */
final class MaskedMomentum extends MaskedOptimizer {

  private final float momentum;
  private float rate;

  MaskedMomentum(double momentum, float[] parameters, float[] keep) {
    super(OptimizerSpec.Type.MOMENTUM, parameters, keep, 1);
    this.momentum = (float) momentum;
  }

  @Override
  void begin(double learningRate, int step) {
    rate = (float) learningRate;
  }

  @Override
  public void update(int from, int to, float decay) {
    float size = rate;
    float kept = momentum;
    float[] w = parameters;
    float[] v = moment(0);
    float[] g = gradients;
    float[] k = keep;
    for (int i = from; i < to; i++) {
      float weight = w[i];
      float velocity = kept * v[i] + (g[i] * k[i] + decay * weight);
      velocity = (velocity + FLUSH) - FLUSH;
      v[i] = velocity;
      w[i] = weight - size * velocity;
    }
  }
}
