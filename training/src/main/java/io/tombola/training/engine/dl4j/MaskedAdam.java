package io.tombola.training.engine.dl4j;

/**
 * Adam (Kingma and Ba 2015, the form at the end of section 2) fused with the mask: a pruned weight
 * has no gradient, so that it and its moments stay exactly 0.0. All arrays have the canonical
 * layout. Not thread-safe.
 */
final class MaskedAdam {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  /**
   * Added and taken away again, it rounds to multiples of 2^-97, which is far below what counts.
   */
  private static final float FLUSH = 1e-22f;

  private final double learningRate;
  private final float[] keep;
  final float[] parameters;

  /** Filled before {@link #update}. */
  final float[] gradients;

  final float[] firstMoments;
  final float[] secondMoments;

  /**
   * Takes over both arrays.
   *
   * @param parameters masked already
   * @param keep 1 where a parameter may move, 0 where it is pruned
   */
  MaskedAdam(double learningRate, float[] parameters, float[] keep) {
    this.learningRate = learningRate;
    this.parameters = parameters;
    this.keep = keep;
    gradients = new float[parameters.length];
    firstMoments = new float[parameters.length];
    secondMoments = new float[parameters.length];
  }

  /** The step size of an iteration, counted from 1, with both bias corrections in it. */
  float stepSize(int iteration) {
    double first = 1 - StrictMath.pow(0.9, iteration);
    double second = 1 - StrictMath.pow(0.999, iteration);
    return (float) (learningRate * StrictMath.sqrt(second) / first);
  }

  /** Moves the parameters in [from, to) by {@link #gradients}. */
  void update(int from, int to, float stepSize) {
    // Locals, one index and no branch: what the JIT compiler needs to use vector instructions.
    // Moments of inputs that are rarely active would decay into subnormal numbers, which slow every
    // processor down; adding and subtracting FLUSH keeps them, and their products, above.
    float[] w = parameters;
    float[] m = firstMoments;
    float[] v = secondMoments;
    float[] g = gradients;
    float[] k = keep;
    for (int i = from; i < to; i++) {
      float gradient = g[i] * k[i];
      float first = BETA1 * m[i] + (1 - BETA1) * gradient;
      float second = BETA2 * v[i] + (1 - BETA2) * (gradient * gradient);
      first = (first + FLUSH) - FLUSH;
      second = (second + FLUSH) - FLUSH;
      m[i] = first;
      v[i] = second;
      w[i] -= stepSize * first / ((float) Math.sqrt(second) + EPSILON);
    }
  }
}
