package io.tombola.training.engine;

import java.util.function.Supplier;

/**
 * Trains on one device. Confined to the thread that opened it, which closes it. Several engines may
 * work at once, each in its own thread, without changing each other's results.
 */
public interface Engine extends AutoCloseable {

  /** The device this engine computes on. */
  Device device();

  /** Starts a training at its position; the caller closes it before this engine. */
  TrainingSession open(SessionSpec spec);

  /**
   * Does work on the thread that trainings on this engine are confined to, which is the caller's
   * unless the engine has one of its own, and waits for its end; throws what the work throws.
   */
  default <T> T call(Supplier<T> work) {
    return work.get();
  }

  /** Does work as {@link #call} does. */
  default void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  /** Frees what the engine holds on the device. */
  @Override
  void close();
}
