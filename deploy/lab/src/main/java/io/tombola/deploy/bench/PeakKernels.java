package io.tombola.deploy.bench;

import io.tombola.training.engine.PeakKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What the floor is made of: the most that one core of this machine computes and moves. Confined to
 * one thread; whoever opens it closes it.
 */
final class PeakKernels implements AutoCloseable {

  private final List<PeakMeasurement> computing = new ArrayList<>();
  private final PeakMeasurement cache = new Copying("triad in cache", 1 << 17);
  private final PeakMeasurement memory = new Copying("triad in memory", 1 << 24);

  /** Loads what there is; the engines' backends start, if they have not. */
  PeakKernels() {
    computing.add(new MultiplyAdd());
    ServiceLoader.load(PeakKernel.class).forEach(stick -> computing.add(new PeakRunner(stick)));
  }

  /** What computes. */
  List<PeakMeasurement> computing() {
    return List.copyOf(computing);
  }

  /** What moves arrays that stay in the caches. */
  PeakMeasurement cache() {
    return cache;
  }

  /** What moves arrays that do not. */
  PeakMeasurement memory() {
    return memory;
  }

  @Override
  public void close() {
    computing.forEach(PeakMeasurement::close);
  }

  /** A contender that computes or moves a known amount. */
  interface PeakMeasurement extends BenchmarkTarget {

    /** Floating-point operations, or bytes, of one unit. */
    double amount();

    @Override
    default String code(String work) {
      return name();
    }
  }

  /** An engine's yardstick. */
  private record PeakRunner(PeakKernel stick) implements PeakMeasurement {

    @Override
    public String name() {
      return stick.name();
    }

    @Override
    public double amount() {
      return stick.flop();
    }

    @Override
    public TimedWindow run(int units) {
      return CpuStopwatch.time(
          units,
          () -> {
            for (int i = 0; i < units; i++) {
              stick.run();
            }
          });
    }

    @Override
    public void close() {
      stick.close();
    }
  }

  /** Fused multiply-adds on what fits the first cache; Java's compiler turns them into vectors. */
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

  /** McCalpin's triad, {@code a = b + s c}. */
  private static final class Copying implements PeakMeasurement {

    private static final int ARRAYS = 3;

    private final String name;
    private final int values;
    private float[][] arrays = {};

    Copying(String name, int values) {
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
      return CpuStopwatch.time(
          units,
          () -> {
            for (int i = 0; i < units; i++) {
              pass(arrays[0], arrays[1], arrays[2]);
            }
          });
    }

    private static void pass(float[] a, float[] b, float[] c) {
      for (int i = 0; i < a.length; i++) {
        a[i] = b[i] + 0.5f * c[i];
      }
    }
  }
}
