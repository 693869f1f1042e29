package io.tombola.training.engine.sparse;

import io.tombola.protocol.EngineName;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.StepProfile;
import java.util.Map;

/** The parts of a step on surviving weights. */
public final class SparseStepProfile implements StepProfile {

  /** For the service loader. */
  public SparseStepProfile() {}

  @Override
  public EngineName engine() {
    return EngineName.SPARSE;
  }

  @Override
  public Map<String, Runnable> of(SessionSpec session) {
    return new SparseSession(session, KernelSelector.open()).parts();
  }
}
