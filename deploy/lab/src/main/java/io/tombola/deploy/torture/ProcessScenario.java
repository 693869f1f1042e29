package io.tombola.deploy.torture;

import java.time.Duration;
import java.util.Optional;

/**
 * What one process of a tortured campaign is to suffer.
 *
 * @param end what ends it, if it does not finish first
 * @param bystander the killing of one of its child processes (broker, trainer), if one is killed
 * @param recovery how many deaths in a row, this one included, came before the process before it
 *     had recovered; 0 outside such a row
 */
record ProcessScenario(Fault end, Optional<ChildKill> bystander, int recovery) {

  /**
   * The killing of a child process.
   *
   * @param after the start of the process whose child it is
   * @param choice from 0 on, picks among the children there are
   */
  record ChildKill(Duration after, int choice) {}
}
