package io.tombola.actors.simulation;

/** A simulation did what none may. */
final class LawBroken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LawBroken(String law) {
    super(law);
  }
}
