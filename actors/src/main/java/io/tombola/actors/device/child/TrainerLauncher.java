package io.tombola.actors.device.child;

import java.io.IOException;

/** Starts the processes that trainers run in. */
@FunctionalInterface
public interface TrainerLauncher {

  /**
   * Starts a trainer for {@code device}; returns before it is up.
   *
   * @throws IOException if no process can be started
   */
  TrainerProcess launch(String device) throws IOException;
}
