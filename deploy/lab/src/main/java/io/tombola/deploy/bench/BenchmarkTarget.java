package io.tombola.deploy.bench;

/** Work that is timed beside other work. Confined to one thread; whoever opens it closes it. */
interface BenchmarkTarget extends AutoCloseable {

  /** What tables call it. */
  String name();

  /** What code it runs, for Java's compiler: the same in all work where it says so. */
  default String code(String work) {
    return work + " " + name();
  }

  /** Does the work {@code units} times, timed. */
  TimedWindow run(int units);

  @Override
  default void close() {}
}
