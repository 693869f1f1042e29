package io.tombola.deploy.torture;

import io.tombola.deploy.trainer.TrainerMain;

/** A child process of a run. */
enum ChildKind {
  /** The embedded broker. */
  BROKER,
  /** A trainer, with {@code trainers.isolation = process}. */
  TRAINER;

  /** Tells them apart by what they were started as; a trainer's command line is short enough. */
  static ChildKind of(ProcessHandle child) {
    return child.info().commandLine().orElse("").contains(TrainerMain.class.getName())
        ? TRAINER
        : BROKER;
  }
}
