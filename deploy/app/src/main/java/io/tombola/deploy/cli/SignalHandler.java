package io.tombola.deploy.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Turns SIGINT and SIGTERM into a clean stop with an exit code of its own, which Java alone does
 * not give: what stops the work is called, the work ends in its own time, and the process ends with
 * the code that the work came to.
 */
final class SignalHandler {

  /** What has not ended by then ends as if it were killed, which loses no more than a kill. */
  private static final long PATIENCE_SECONDS = 6;

  private final AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Thread hook = new Thread(this::onShutdown, "tombola-shutdown");
  private volatile boolean interrupted;

  /** Listens from now on. */
  static SignalHandler listen() {
    SignalHandler interruption = new SignalHandler();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Says how to stop what has begun; called at once if the signal came first. */
  void stopWith(Runnable how) {
    stop.set(how);
    if (interrupted) {
      how.run();
    }
  }

  /** Ends the process with {@code code}, whether a signal came or not. Does not return. */
  void exit(int code) {
    ended.complete(code);
    System.exit(code);
  }

  private void onShutdown() {
    if (ended.isDone()) {
      return;
    }
    interrupted = true;
    stop.get().run();
    int code;
    try {
      code = ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      code = ExitCode.INTERRUPTED.code();
    }
    Runtime.getRuntime().halt(code);
  }
}
