package io.tombola.deploy.cli;

import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.List;

/**
 * The amount of work of some trainings.
 *
 * @param iterations optimizer steps
 * @param evaluations on the evaluation grid
 */
record TrainingLoad(long iterations, long evaluations) {

  private static final TrainingLoad NOTHING = new TrainingLoad(0, 0);

  /** All trials. */
  static TrainingLoad of(CampaignSpec spec) {
    return spec.trials().stream().map(trial -> of(spec, trial)).reduce(NOTHING, TrainingLoad::plus);
  }

  /** The longest sequence of trainings that depend on each other: a replicate's ticket chain. */
  static List<TrialId> chain(CampaignSpec spec) {
    int rounds = spec.pruning().rounds();
    return spec.trials().stream()
        .filter(trial -> trial.replicate() == 1)
        .filter(
            trial ->
                spec.prunedNext(trial.round(), trial.arm())
                    || (trial.round() == rounds && trial.arm().isTicket()))
        .toList();
  }

  /** The iteration that a trial starts at. */
  static int firstIteration(CampaignSpec spec, TrialId trial) {
    if (trial.round() == 0) {
      return 0;
    }
    return switch (trial.arm().kind()) {
      case REINIT, SAME_SIGN, CONTINUED -> 0;
      case TICKET, RANDOM, SHUFFLED, ONE_SHOT, ORDER -> spec.rewind().to();
    };
  }

  /** Points of a trial's learning curve: its start, the evaluation grid, its end. */
  static int curvePoints(CampaignSpec spec, TrialId trial) {
    int every = spec.training().evaluateEvery();
    int first = firstIteration(spec, trial);
    int last = spec.training().iterations();
    return 1 + last / every - first / every + (last % every == 0 ? 0 : 1);
  }

  /** The part of a trial's evaluations that measures the test set too, without new minima. */
  static double testShare(CampaignSpec spec) {
    double every = spec.training().evaluateEvery();
    return spec.training().testEvery().map(test -> every / test).orElse(1.0);
  }

  private TrainingLoad plus(TrainingLoad other) {
    return new TrainingLoad(iterations + other.iterations, evaluations + other.evaluations);
  }

  /** One trial. */
  static TrainingLoad of(CampaignSpec spec, TrialId trial) {
    boolean copy = trial.arm().kind() == Arm.Kind.ORDER;
    int path = copy ? spec.analysis().instability().points() : 0;
    return new TrainingLoad(
        spec.training().iterations() - firstIteration(spec, trial),
        curvePoints(spec, trial) + path);
  }
}
