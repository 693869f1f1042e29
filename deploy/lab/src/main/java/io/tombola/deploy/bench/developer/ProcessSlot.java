package io.tombola.deploy.bench.developer;

import io.tombola.deploy.bench.child.JsonLinesProcess;
import io.tombola.deploy.bench.engines.BenchmarkNetwork;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.protocol.EngineName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A slot that is a child process. */
final class ProcessSlot implements Slots.Slot {

  private final JsonLinesProcess child;

  /** Starts the process and waits until it can train; {@code directory} takes its images. */
  ProcessSlot(EngineName engine, BenchmarkNetwork network, Path directory) {
    try {
      child = SlotWorker.start(engine, network, directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a slot as a process", e);
    }
    child.receive();
  }

  @Override
  public CompletableFuture<TimedWindow> train(int iterations) {
    child.sendTimed("train", iterations);
    return CompletableFuture.supplyAsync(() -> child.receiveWindow(iterations));
  }

  @Override
  public void close() {
    child.close();
  }
}
