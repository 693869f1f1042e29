package io.tombola.deploy.config;

/**
 * How trainers live.
 *
 * @param isolation what a trainer that crashes takes with it
 */
public record TrainerSettings(Isolation isolation) {

  /** What keeps trainers apart from each other and from the rest. */
  public enum Isolation {
    /** Each is a thread of this process. */
    THREAD,
    /** Each is a process of its own. */
    PROCESS
  }
}
