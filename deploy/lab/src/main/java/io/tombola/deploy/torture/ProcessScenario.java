package io.tombola.deploy.torture;

import java.time.Duration;
import java.util.Optional;

/**
 * The faults of one process of a tortured campaign.
 *
 * @param end the fault that ends it, unless it finishes first
 * @param childKill the kill of one of its child processes (broker, trainer), if there is one
 * @param recovery the number of deaths in a row, including this one, of processes that had not
 *     recovered yet; 0 outside such a row
 */
record ProcessScenario(Fault end, Optional<ChildKill> childKill, int recovery) {

  /**
   * The kill of a child process.
   *
   * @param after the start of the process whose child it is
   * @param choice an index from 0, taken modulo the number of children
   */
  record ChildKill(Duration after, int choice) {}
}
