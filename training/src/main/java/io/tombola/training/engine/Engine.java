package io.tombola.training.engine;

/**
 * Trains on one device. Confined to the thread that opened it; whoever opened it closes it. Several
 * engines may work at once, each in its own thread, without changing each other's results.
 */
public interface Engine extends AutoCloseable {

  /** The device this engine computes on. */
  Device device();

  /** Starts a training at its position; the caller closes it before this engine. */
  TrainingSession open(SessionSpec spec);

  /** Frees what the engine holds on the device. */
  @Override
  void close();
}
