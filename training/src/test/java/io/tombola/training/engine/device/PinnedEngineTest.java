package io.tombola.training.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.NoDeviceException;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedEngineTest {

  private static final Device CORE = new Device("cpu:0", Device.Kind.CPU, "a core");
  private static final Device GPU = new Device("cuda:0", Device.Kind.CUDA, "a GPU");

  @TempDir Path locks;

  private final List<Thread> threads = new ArrayList<>();
  private CoreAllocator cores;

  /** Notes which thread calls it. */
  private final class Witness implements Engine {

    private final Device device;

    Witness(Device device) {
      this.device = device;
      threads.add(Thread.currentThread());
    }

    @Override
    public Device device() {
      return device;
    }

    @Override
    public TrainingSession open(SessionSpec spec) {
      throw new AssertionError("nothing trains here");
    }

    @Override
    public void close() {
      threads.add(Thread.currentThread());
    }
  }

  @BeforeEach
  void takesCoresHere() {
    cores = new CoreAllocator(locks);
  }

  @Test
  void everythingHappensOnOneThreadThatIsNotTheCallers() {
    try (Engine engine = PinnedEngine.open(CORE, cores, () -> new Witness(CORE))) {
      engine.run(() -> threads.add(Thread.currentThread()));
      threads.add(engine.call(() -> engine.call(Thread::currentThread)));
      assertEquals(CORE, engine.device());
    }
    assertEquals(4, threads.size());
    threads.forEach(thread -> assertSame(threads.get(0), thread));
    assertNotSame(Thread.currentThread(), threads.get(0));
  }

  @Test
  void aGpuIsUsedByTheCaller() {
    try (Engine engine = PinnedEngine.open(GPU, cores, () -> new Witness(GPU))) {
      assertSame(Thread.currentThread(), engine.call(Thread::currentThread));
    }
    assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), threads);
  }

  @Test
  void whatIsThrownThereIsThrownHere() {
    RuntimeException diverged = new DivergedException(7, "the training loss", Optional.empty());
    Error full = new OutOfMemoryError("no more");
    try (Engine engine = PinnedEngine.open(CORE, cores, () -> new Witness(CORE))) {
      assertSame(
          diverged, assertThrows(DivergedException.class, () -> engine.run(thrower(diverged))));
      assertSame(full, assertThrows(OutOfMemoryError.class, () -> engine.run(thrower(full))));
      assertEquals(1, engine.call(() -> 1), "and it works again");
    }
  }

  @Test
  void anEngineThatCannotBeOpenedLeavesNoThread() throws InterruptedException {
    NoDeviceException none = new NoDeviceException("none");
    assertSame(
        none,
        assertThrows(
            NoDeviceException.class,
            () ->
                PinnedEngine.open(
                    CORE,
                    cores,
                    () -> {
                      threads.add(Thread.currentThread());
                      throw none;
                    })));
    threads.get(0).join();
    assertFalse(threads.get(0).isAlive());
  }

  private static Runnable thrower(Throwable what) {
    return () -> {
      if (what instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) what;
    };
  }
}
