package io.tombola.actors.simulation;

/** A simulation violated an invariant. */
final class InvariantViolation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvariantViolation(String invariant) {
    super(invariant);
  }
}
