package io.tombola.training.engine;

/**
 * A piece of computing whose speed says what an engine could reach on this machine, registered as a
 * {@link java.util.ServiceLoader} service. Confined to the thread that first runs it; whoever loads
 * it closes it.
 */
public interface PeakKernel extends AutoCloseable {

  /** What it computes, with its size. */
  String name();

  /** Floating-point operations of one {@link #run}. */
  double flop();

  /** Computes it once, on one core. */
  void run();

  /** Frees what it holds on the device. */
  @Override
  void close();
}
