package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.record.CampaignRecord.Counts;
import io.tombola.protocol.record.CampaignRecord.State;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignProgress;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.TrialFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The state and progress of a replicate.
 *
 * @param roundsEnded rounds whose ticket has a result, including the dense round
 * @param rounds all rounds of the ticket chain, including the dense round
 * @param engines number of trials by engine
 * @param inFlight trials that are prepared and have no result yet
 * @param failures why trials or the replicate failed permanently
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReplicateStatus(
    int replicate,
    State state,
    int roundsEnded,
    int rounds,
    int trialsEnded,
    int trials,
    SortedMap<EngineName, Long> engines,
    List<InFlight> inFlight,
    List<String> failures) {

  /**
   * A trial that would resume from its checkpoint.
   *
   * @param checkpointIteration 0 if there is no checkpoint
   * @param iterations the last iteration
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record InFlight(
      int round, Arm arm, EngineName engine, int checkpointIteration, int iterations) {}

  static ReplicateStatus of(CampaignState campaign, ReplicateState replicate, int number) {
    CampaignSpec spec = campaign.spec().orElseThrow();
    Optional<TrialFailure> abandoned = Optional.ofNullable(campaign.abandoned().get(number));
    Counts counts = CampaignProgress.counts(replicate, spec);
    List<TrialState> ended = replicate.trials().stream().filter(TrialState::ended).toList();
    return new ReplicateStatus(
        number,
        CampaignProgress.state(number, replicate, campaign),
        counts.roundsEnded(),
        counts.rounds(),
        counts.trialsEnded(),
        counts.trials(),
        replicate.trials().stream()
            .collect(
                Collectors.groupingBy(TrialState::engine, TreeMap::new, Collectors.counting())),
        replicate.trials().stream()
            .filter(trial -> !trial.ended())
            .map(trial -> inFlight(trial, spec.training().iterations()))
            .toList(),
        failures(ended, abandoned));
  }

  private static InFlight inFlight(TrialState trial, int iterations) {
    int at =
        trial.trained().isPresent()
            ? iterations
            : trial.checkpoint().map(checkpoint -> checkpoint.iteration()).orElse(0);
    return new InFlight(trial.round(), trial.arm(), trial.engine(), at, iterations);
  }

  private static List<String> failures(List<TrialState> ended, Optional<TrialFailure> abandoned) {
    List<String> lines =
        new ArrayList<>(
            ended.stream()
                .flatMap(
                    trial ->
                        trial.failure().stream()
                            .map(
                                failure ->
                                    trial.round() + "/" + trial.arm() + ": " + failure.message()))
                .toList());
    abandoned.ifPresent(failure -> lines.add("failed: " + failure.message()));
    return List.copyOf(lines);
  }
}
