package io.tombola.deploy.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns SIGINT and SIGTERM into a clean stop with a meaningful exit code, which Java alone does not
 * offer: calls the registered action, waits until the work has ended, and exits with its code.
 */
final class SignalHandler implements StopHook {

  /** After this time the process halts; that loses no more than a kill. */
  private static final long SHUTDOWN_TIMEOUT_SECONDS = 6;

  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Thread hook = new Thread(this::onShutdown, "tombola-shutdown");
  private volatile Runnable stop = () -> {};
  private volatile boolean interrupted;

  /** Installs the handler. */
  static SignalHandler listen() {
    SignalHandler handler = new SignalHandler();
    Runtime.getRuntime().addShutdownHook(handler.hook);
    return handler;
  }

  @Override
  public void onSignal(Runnable action) {
    stop = action;
    if (interrupted) {
      action.run();
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
    stop.run();
    int code;
    try {
      code = ended.get(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      code = ExitCode.INTERRUPTED.code();
    }
    Runtime.getRuntime().halt(code);
  }
}
