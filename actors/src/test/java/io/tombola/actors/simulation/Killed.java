package io.tombola.actors.simulation;

/** The process is killed here: of all that can be thrown, nobody handles this. */
final class Killed extends ThreadDeath {

  private static final long serialVersionUID = 1L;
}
