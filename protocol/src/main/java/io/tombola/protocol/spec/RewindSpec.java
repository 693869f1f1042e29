package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

/**
 * Where survivors go back to.
 *
 * @param to the iteration whose weights are restored; 0 is the initialisation
 * @param optimizer what the optimizer starts with
 */
public record RewindSpec(int to, OptimizerState optimizer) {

  /** The optimizer's state after a rewind. */
  public enum OptimizerState {
    /** Step count and moments start from zero. */
    FRESH
  }

  /** Checks the iteration. */
  public RewindSpec {
    require(to == 0, "rewind.to", "0 (the initialisation)", to);
  }
}
