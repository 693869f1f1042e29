package io.tombola.actors.simulation;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.ReplicateState.RoundMask;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialStart;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation came to, as it is stored.
 *
 * @param steps turns of all processes
 * @param trace a hash of everything that happened
 */
record Result(SortedMap<TrialId, OfTrial> trials, List<OfChain> chains, int steps, long trace) {

  /** What a trial left: its row of the results table, and artifacts. */
  record OfTrial(
      RoundRecord row, TrialStart start, Optional<ArtifactRef> curve, Optional<ArtifactRef> path) {

    /** Whether it failed by what is no part of its seed: its retries were used up. */
    boolean givenUp() {
      return row.status() == RoundRecord.Status.FAILED;
    }
  }

  /** What a replicate's trials have in common. */
  record OfChain(
      Optional<ArtifactRef> initialWeights,
      Optional<CheckpointRef> rewindPoint,
      List<RoundMask> masks) {}

  static Result of(List<ReplicateState> replicates, int steps, long trace) {
    SortedMap<TrialId, OfTrial> trials = new TreeMap<>();
    for (ReplicateState replicate : replicates) {
      replicate.trials().stream()
          .map(trial -> of(replicate, trial))
          .forEach(trial -> trials.put(trial.row().trial(), trial));
    }
    List<OfChain> chains =
        replicates.stream()
            .map(state -> new OfChain(state.initialWeights(), state.rewindPoint(), state.masks()))
            .toList();
    return new Result(trials, chains, steps, trace);
  }

  private static OfTrial of(ReplicateState replicate, TrialState trial) {
    return new OfTrial(
        replicate.recordOf(trial),
        trial.start(),
        trial.trained().map(TrainedTrial::curve),
        trial.trained().flatMap(TrainedTrial::path));
  }

  /** How this differs from an undisturbed run's; trials that were given up for a reason do not. */
  Optional<String> difference(Result undisturbed) {
    if (!chains.equals(undisturbed.chains())) {
      return Optional.of("chains: " + chains + "; undisturbed: " + undisturbed.chains());
    }
    if (!trials.keySet().equals(undisturbed.trials().keySet())) {
      return Optional.of("trials: " + trials.keySet() + "; undisturbed: " + undisturbed.trials());
    }
    return trials.entrySet().stream()
        .filter(trial -> !trial.getValue().givenUp())
        .filter(trial -> !trial.getValue().equals(undisturbed.trials().get(trial.getKey())))
        .map(trial -> trial + "; undisturbed: " + undisturbed.trials().get(trial.getKey()))
        .findFirst();
  }
}
