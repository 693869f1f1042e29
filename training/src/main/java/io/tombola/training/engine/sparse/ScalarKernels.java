package io.tombola.training.engine.sparse;

/** Plain loops, of which the JIT compiler makes what vector code it can. */
final class ScalarKernels implements Kernels {

  private final float[] partial = new float[SUMMED_LANES];

  @Override
  public void addProducts(
      Walk walk, float[] weights, int at, float[] from, float[] into, int width) {
    int k = 0;
    for (int s = 0; s < walk.segments(); s++) {
      for (; k < walk.end[s]; k++) {
        addRow(weights[at + k], from, walk.from[k], into, walk.into[s], width);
      }
    }
  }

  private static void addRow(
      float weight, float[] from, int source, float[] into, int target, int width) {
    for (int e = 0; e < width; e++) {
      into[target + e] = Math.fma(from[source + e], weight, into[target + e]);
    }
  }

  @Override
  public void sumProducts(Walk walk, float[] from, float[] into, float[] sums, int at, int width) {
    int k = 0;
    for (int s = 0; s < walk.segments(); s++) {
      for (; k < walk.end[s]; k++) {
        multiply(from, walk.from[k], into, walk.into[s]);
        for (int e = SUMMED_LANES; e < width; e += SUMMED_LANES) {
          addProducts(from, walk.from[k] + e, into, walk.into[s] + e);
        }
        sums[at + k] = tree();
      }
    }
  }

  private void multiply(float[] a, int atA, float[] b, int atB) {
    for (int j = 0; j < SUMMED_LANES; j++) {
      partial[j] = a[atA + j] * b[atB + j];
    }
  }

  private void addProducts(float[] a, int atA, float[] b, int atB) {
    for (int j = 0; j < SUMMED_LANES; j++) {
      partial[j] = Math.fma(a[atA + j], b[atB + j], partial[j]);
    }
  }

  private float tree() {
    for (int distance = SUMMED_LANES / 2; distance > 0; distance /= 2) {
      for (int j = 0; j < distance; j++) {
        partial[j] += partial[j + distance];
      }
    }
    return partial[0];
  }

  @Override
  public void toUnitInterval(byte[] bytes, int from, float[] values, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = (bytes[from + i] & 0xff) / 255f;
    }
  }
}
