package io.tombola.deploy.bench.engines;

import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.deploy.bench.measure.CpuStopwatch;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.training.engine.dense.nd4j.PeakGemm;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernels that a {@link Roofline} is measured with: the most that one core of this machine
 * computes and moves. Confined to one thread; its opener closes it.
 */
public final class PeakKernels implements AutoCloseable {

  private final List<PeakMeasurement> computing = new ArrayList<>();
  private final PeakMeasurement cache = new Triad("triad in cache", 1 << 17);
  private final PeakMeasurement memory = new Triad("triad in memory", 1 << 24);

  /** Loads the kernels of all engines, which initializes the engines' backends. */
  public PeakKernels() {
    computing.add(new MultiplyAdd());
    computing.add(new EnginePeak(new PeakGemm()));
  }

  /** Kernels that compute. */
  public List<PeakMeasurement> computing() {
    return List.copyOf(computing);
  }

  /** Moves arrays that stay in the caches. */
  public PeakMeasurement cache() {
    return cache;
  }

  /** Moves arrays that do not fit the caches. */
  public PeakMeasurement memory() {
    return memory;
  }

  @Override
  public void close() {
    computing.forEach(PeakMeasurement::close);
  }

  /** A target that computes or moves a known amount. */
  public interface PeakMeasurement extends BenchmarkTarget {

    /** Floating-point operations, or bytes, of one unit. */
    double amount();

    @Override
    default String warmUpKey(String benchmark) {
      return name();
    }
  }

  /** The fastest kernel of an engine. */
  private record EnginePeak(PeakGemm kernel) implements PeakMeasurement {

    @Override
    public String name() {
      return kernel.name();
    }

    @Override
    public double amount() {
      return kernel.flop();
    }

    @Override
    public TimedWindow run(int units) {
      return CpuStopwatch.repeat(units, kernel::run);
    }

    @Override
    public void close() {
      kernel.close();
    }
  }

  /** Fused multiply-adds on an array in the L1 cache; the JIT compiler vectorizes them. */
  private static final class MultiplyAdd implements PeakMeasurement {

    private static final int VALUES = 1024;
    private static final int PASSES = 64;
    private static final int CHAIN = 4;

    private final float[] values = new float[VALUES];

    @Override
    public String name() {
      return "fused multiply-add";
    }

    @Override
    public double amount() {
      return 2.0 * CHAIN * VALUES * PASSES;
    }

    @Override
    public TimedWindow run(int units) {
      return CpuStopwatch.time(
          units,
          () -> {
            for (int i = 0; i < units * PASSES; i++) {
              pass(values);
            }
          });
    }

    private static void pass(float[] values) {
      for (int i = 0; i < values.length; i++) {
        float value = values[i];
        value = Math.fma(value, 0.999f, 0.001f);
        value = Math.fma(value, 0.999f, 0.001f);
        value = Math.fma(value, 0.999f, 0.001f);
        value = Math.fma(value, 0.999f, 0.001f);
        values[i] = value;
      }
    }
  }

  /** The triad of the STREAM benchmark (McCalpin 1995), {@code a = b + s c}. */
  private static final class Triad implements PeakMeasurement {

    private static final int ARRAYS = 3;

    private final String name;
    private final int values;
    private float[][] arrays = {};

    Triad(String name, int values) {
      this.name = name;
      this.values = values;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public double amount() {
      return (double) ARRAYS * Float.BYTES * values;
    }

    @Override
    public TimedWindow run(int units) {
      arrays = arrays.length == 0 ? new float[ARRAYS][values] : arrays;
      return CpuStopwatch.repeat(units, () -> pass(arrays[0], arrays[1], arrays[2]));
    }

    private static void pass(float[] a, float[] b, float[] c) {
      for (int i = 0; i < a.length; i++) {
        a[i] = b[i] + 0.5f * c[i];
      }
    }
  }
}
