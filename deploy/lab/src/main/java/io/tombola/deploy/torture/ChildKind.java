package io.tombola.deploy.torture;

import io.tombola.deploy.trainer.TrainerMain;

/** A child process of a run. */
enum ChildKind {
  /** The embedded broker. */
  BROKER,
  /** A trainer, with {@code trainers.isolation = process}. */
  TRAINER;

  /** Distinguishes them by the command line, which names the main class. */
  static ChildKind of(ProcessHandle child) {
    return child.info().commandLine().orElse("").contains(TrainerMain.class.getName())
        ? TRAINER
        : BROKER;
  }
}
