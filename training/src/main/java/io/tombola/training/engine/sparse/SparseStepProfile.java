package io.tombola.training.engine.sparse;

import io.tombola.training.engine.SessionSpec;
import java.util.Map;

/** The parts of a training step on surviving weights, so that a benchmark can time each. */
public final class SparseStepProfile {

  private SparseStepProfile() {}

  /**
   * The parts of a step, by name, in the order in which a step runs them. Each may run any number
   * of times, once those before it have run. Confined to one thread.
   */
  public static Map<String, Runnable> of(SessionSpec session) {
    return new SparseSession(session, KernelSelector.open()).parts();
  }
}
