package io.tombola.training.engine.optimizer;

import io.tombola.protocol.spec.OptimizerSpec;

/**
 * Adam (Kingma and Ba 2015, the form at the end of section 2); weight decay is part of the
 * gradient.
 */
final class MaskedAdam extends MaskedOptimizer {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  // Of 1 - BETA2.
  private static final float ROOT = 0.03162278f;

  private float stepSize;

  MaskedAdam(float[] parameters, float[] keep) {
    super(OptimizerSpec.Type.ADAM, parameters, keep, 2);
  }

  @Override
  void begin(double learningRate, int step) {
    // Both bias corrections are in the step size.
    double first = 1 - StrictMath.pow(0.9, step);
    double second = 1 - StrictMath.pow(0.999, step);
    stepSize = (float) (learningRate * StrictMath.sqrt(second) / first);
  }

  @Override
  public void update(int from, int to, float decay) {
    // Locals, one index and no branch: what the JIT compiler needs to use vector instructions.
    float size = stepSize;
    float[] w = parameters;
    float[] m = moment(0);
    float[] v = moment(1);
    float[] g = gradients;
    float[] k = keep;
    for (int i = from; i < to; i++) {
      float weight = w[i];
      float gradient = g[i] * k[i] + decay * weight;
      // Fused, so that what is too small to count is rounded away before it is a number of its own.
      float first = Math.fma(1 - BETA1, gradient, BETA1 * m[i] + FLUSH) - FLUSH;
      float part = ROOT * gradient;
      float second = Math.fma(part, part, BETA2 * v[i] + FLUSH) - FLUSH;
      m[i] = first;
      v[i] = second;
      w[i] = weight - size * first / ((float) Math.sqrt(second) + EPSILON);
    }
  }
}
