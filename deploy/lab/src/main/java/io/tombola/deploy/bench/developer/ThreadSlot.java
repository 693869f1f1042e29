package io.tombola.deploy.bench.developer;

import io.tombola.deploy.bench.engines.BenchData;
import io.tombola.deploy.bench.engines.BenchmarkNetwork;
import io.tombola.deploy.bench.engines.EngineTargets;
import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.protocol.EngineName;
import io.tombola.training.engine.device.CoreAllocator;
import io.tombola.training.engine.device.CoreLease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A slot that is a thread of this process, pinned to a core. */
final class ThreadSlot implements Slots.Slot {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final EngineTargets engines;
  private final CoreLease core;
  private final BenchmarkTarget training;

  ThreadSlot(EngineName engine, BenchmarkNetwork network, BenchData data, CoreAllocator cores) {
    engines = onThread(EngineTargets::new);
    core = onThread(cores::pin);
    training = onThread(() -> engines.training(engine, network, data.splits(network)));
  }

  private <T> T onThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, thread).join();
  }

  @Override
  public CompletableFuture<TimedWindow> train(int iterations) {
    return CompletableFuture.supplyAsync(() -> training.run(iterations), thread);
  }

  @Override
  public void close() {
    CompletableFuture.runAsync(
            () -> {
              training.close();
              engines.close();
            },
            thread)
        .join();
    thread.shutdown();
    core.close();
  }
}
