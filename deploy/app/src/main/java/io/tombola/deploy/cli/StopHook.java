package io.tombola.deploy.cli;

/** Registers how to stop the current work when the process receives SIGINT or SIGTERM. */
@FunctionalInterface
interface StopHook {

  /** Replaces the previous action; runs {@code stop} at once if the signal has come already. */
  void onSignal(Runnable stop);
}
