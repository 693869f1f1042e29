package io.tombola.training.engine.sparse;

import io.tombola.protocol.EngineName;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.StepParts;
import java.util.Map;

/** The parts of a step on surviving weights. */
public final class SparseStepParts implements StepParts {

  /** For the service loader. */
  public SparseStepParts() {}

  @Override
  public EngineName engine() {
    return EngineName.SPARSE;
  }

  @Override
  public Map<String, Runnable> of(SessionSpec session) {
    return new SparseSession(session, KernelChoice.open()).parts();
  }
}
