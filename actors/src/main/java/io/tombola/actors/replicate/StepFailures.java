package io.tombola.actors.replicate;

import io.tombola.actors.failure.FailureAction;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.trial.TrialFailure;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts a replicate's failures by step and kind and asks the policy what follows. In memory only:
 * a new process starts counting at 0. Belongs to one supervisor.
 */
final class StepFailures {

  private record StepFailureKey(Step step, TrialFailure.Kind kind) {}

  private final FailurePolicy policy;
  private final Map<StepFailureKey, Integer> failures = new HashMap<>();

  StepFailures(FailurePolicy policy) {
    this.policy = policy;
  }

  /** Counts a failure of {@code step}. */
  FailureAction count(Step step, TrialFailure.Kind kind) {
    int earlier = failures.merge(new StepFailureKey(step, kind), 1, Integer::sum) - 1;
    return policy.actionFor(kind, earlier, isOfControl(step));
  }

  /** The step made progress: it has all its retries again. */
  void reset(Step step) {
    failures.keySet().removeIf(failure -> failure.step().equals(step));
  }

  /** Whether nothing but its own trial depends on the step, and the trial is prepared. */
  private static boolean isOfControl(Step step) {
    if (step instanceof Step.Train train) {
      return isControl(train.arm());
    }
    return step instanceof Step.Evaluate evaluate && isControl(evaluate.arm());
  }

  private static boolean isControl(Arm arm) {
    return !arm.isChain();
  }
}
