package io.tombola.deploy.bench.measure;

/** An operation that is timed beside others. Confined to one thread; its opener closes it. */
public interface BenchmarkTarget extends AutoCloseable {

  /** The name in tables, unique within one benchmark. */
  String name();

  /**
   * Identifies the code that runs: targets with equal keys share one warm-up, since the JIT
   * compiler has compiled their code already.
   *
   * @param benchmark the name of the benchmark
   */
  default String warmUpKey(String benchmark) {
    return benchmark + " " + name();
  }

  /** Runs the operation {@code units} times and times it. */
  TimedWindow run(int units);

  @Override
  default void close() {}
}
