package io.tombola.training.engine.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The thread that one device computes on. Thread-safe; the caller that starts it closes it. */
final class DeviceThread implements AutoCloseable {

  private final ExecutorService executor;
  private final Thread thread;
  private final CoreLease pin;

  private DeviceThread(ExecutorService executor, CoreAllocator cores) {
    this.executor = executor;
    this.thread = CompletableFuture.supplyAsync(Thread::currentThread, executor).join();
    this.pin = call(cores::pin);
  }

  /** Starts it, on a core of its own if there is one. */
  static DeviceThread start(String name, CoreAllocator cores) {
    return new DeviceThread(Executors.newSingleThreadExecutor(work -> daemon(work, name)), cores);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Does work there while the caller waits; throws what the work throws. */
  <T> T call(Supplier<T> work) {
    if (Thread.currentThread() == thread) {
      return work.get();
    }
    try {
      return CompletableFuture.supplyAsync(work, executor).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Ends it and gives its core back. */
  @Override
  public void close() {
    executor.shutdown();
    pin.close();
  }
}
