package io.tombola.actors.simulation;

/** Kills the process: of everything that can be thrown, no actor catches this. */
final class ProcessKilled extends ThreadDeath {

  private static final long serialVersionUID = 1L;
}
