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
 * The result of a simulation, as it is stored.
 *
 * @param steps of all processes
 * @param trace a hash of everything that happened
 */
record SimulationResult(
    SortedMap<TrialId, OfTrial> trials, List<OfChain> chains, int steps, long trace) {

  /** The result of a trial: its row of the results table, and artifacts. */
  record OfTrial(
      RoundRecord row, TrialStart start, Optional<ArtifactRef> curve, Optional<ArtifactRef> path) {

    /** Whether it failed by a fault, after its last retry, and not by a function of its seed. */
    boolean failedPermanently() {
      return row.status() == RoundRecord.Status.FAILED;
    }
  }

  /** What the trials of a replicate share. */
  record OfChain(
      Optional<ArtifactRef> initialWeights,
      Optional<CheckpointRef> rewindPoint,
      List<RoundMask> masks) {}

  static SimulationResult of(List<ReplicateState> replicates, int steps, long trace) {
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
    return new SimulationResult(trials, chains, steps, trace);
  }

  private static OfTrial of(ReplicateState replicate, TrialState trial) {
    return new OfTrial(
        replicate.recordOf(trial),
        trial.start(),
        trial.trained().map(TrainedTrial::curve),
        trial.trained().flatMap(TrainedTrial::path));
  }

  /** How this differs from a run without faults; trials that a fault ended are not compared. */
  Optional<String> difference(SimulationResult faultFree) {
    if (!chains.equals(faultFree.chains())) {
      return Optional.of("chains: " + chains + "; without faults: " + faultFree.chains());
    }
    if (!trials.keySet().equals(faultFree.trials().keySet())) {
      return Optional.of("trials: " + trials.keySet() + "; without faults: " + faultFree.trials());
    }
    return trials.entrySet().stream()
        .filter(trial -> !trial.getValue().failedPermanently())
        .filter(trial -> !trial.getValue().equals(faultFree.trials().get(trial.getKey())))
        .map(trial -> trial + "; without faults: " + faultFree.trials().get(trial.getKey()))
        .findFirst();
  }
}
