package io.tombola.training.engine.device;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import java.util.function.Supplier;

/**
 * An engine that computes on a thread of its own, pinned to one core where the platform allows it.
 * Pinning changes no result.
 *
 * <p>A new thread inherits the affinity of the thread that starts it, and a caller of an engine may
 * start threads, as sending a message to an actor does. That is why this thread only computes. No
 * engine starts a thread while it computes: ND4J and JavaCPP start theirs, which free memory, when
 * devices are detected; OpenMP and BLAS are set to use the calling thread; the threads of Java's
 * compiler and garbage collector are started by threads of the virtual machine. On this thread Java
 * counts one processor.
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
