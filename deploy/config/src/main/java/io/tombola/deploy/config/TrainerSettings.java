package io.tombola.deploy.config;

/**
 * What separates trainings from each other.
 *
 * @param isolation what a crash of one trainer ends
 */
public record TrainerSettings(Isolation isolation) {

  /** What a trainer shares with the others. */
  public enum Isolation {
    /** Each trainer is a thread of this process. */
    THREAD,
    /** Each trainer is a process of its own. */
    PROCESS
  }
}
