package io.tombola.training.engine;

import java.util.function.Supplier;

/**
 * An engine that computes on a thread of its own, which keeps to one core where the platform allows
 * it. What it computes is the same wherever it does.
 *
 * <p>A thread starts with the cores of the one that starts it, and whoever uses an engine starts
 * threads: a message to an actor may. That is why this thread does nothing but compute. Engines
 * start none while they do: ND4J and JavaCPP start theirs, which free memory, when devices are
 * looked for; OpenMP and BLAS are told to stay on the calling thread; those of Java's compiler and
 * collector are started by the virtual machine's own. Java counts one processor on this thread.
 */
public final class PinnedEngine implements Engine {

  private final DeviceThread thread;
  private final Engine engine;

  private PinnedEngine(DeviceThread thread, Engine engine) {
    this.thread = thread;
    this.engine = engine;
  }

  /**
   * Opens an engine on a core of {@code cores}; a GPU's stays on the calling thread.
   *
   * @param engine opens it, on the thread that will use it
   */
  public static Engine open(Device device, CoreAllocator cores, Supplier<Engine> engine) {
    if (device.kind() != Device.Kind.CPU) {
      return engine.get();
    }
    DeviceThread thread = DeviceThread.start("tombola-slot-" + device.id(), cores);
    try {
      return new PinnedEngine(thread, thread.call(engine));
    } catch (RuntimeException | Error e) {
      thread.close();
      throw e;
    }
  }

  @Override
  public Device device() {
    return engine.device();
  }

  /** Starts a training, which is used by what is {@linkplain #call called} here. */
  @Override
  public TrainingSession open(SessionSpec spec) {
    return call(() -> engine.open(spec));
  }

  @Override
  public <T> T call(Supplier<T> work) {
    return thread.call(work);
  }

  @Override
  public void close() {
    try {
      run(engine::close);
    } finally {
      thread.close();
    }
  }
}
