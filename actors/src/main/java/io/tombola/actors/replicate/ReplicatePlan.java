package io.tombola.actors.replicate;

import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.TrialFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Derives the next steps of a replicate from its persisted state alone, so that a crash changes no
 * decision.
 */
public final class ReplicatePlan {

  private ReplicatePlan() {}

  /** Every step that can start now, the ticket chain's before the controls'. */
  public static List<Step> next(ReplicateState state) {
    if (state.initialWeights().isEmpty()) {
      return List.of(new Step.Initialize());
    }
    CampaignSpec campaign = state.campaign().orElseThrow();
    List<Step> steps = new ArrayList<>();
    pruneNext(state, campaign).ifPresent(steps::add);
    for (int round = state.masks().size() - 1; round >= 0; round--) {
      for (Arm arm : campaign.arms(round)) {
        trialStep(state, round, arm).ifPresent(steps::add);
      }
    }
    return steps;
  }

  /** Whether every trial of every round has ended. */
  public static boolean complete(ReplicateState state) {
    CampaignSpec campaign = state.campaign().orElseThrow();
    return IntStream.rangeClosed(0, campaign.pruning().rounds())
        .allMatch(
            round ->
                campaign.arms(round).stream()
                    .allMatch(
                        arm -> state.trial(round, arm).filter(TrialState::ended).isPresent()));
  }

  /** The failure that ended the ticket chain, if any. */
  public static Optional<TrialFailure> brokenChain(ReplicateState state) {
    return state.trials().stream()
        .filter(trial -> trial.arm().isChain())
        .flatMap(trial -> trial.failure().stream())
        .findFirst();
  }

  private static Optional<Step> pruneNext(ReplicateState state, CampaignSpec campaign) {
    int round = state.masks().size();
    return round <= campaign.pruning().rounds() && prunable(state, campaign, round)
        ? Optional.of(new Step.Prune(round))
        : Optional.empty();
  }

  private static boolean prunable(ReplicateState state, CampaignSpec campaign, int round) {
    return campaign
        .maskSource(round)
        .map(source -> isTrained(state, source.round(), source.arm()))
        .orElse(true);
  }

  private static boolean isTrained(ReplicateState state, int round, Arm arm) {
    return state.trial(round, arm).filter(trial -> trial.trained().isPresent()).isPresent();
  }

  private static Optional<Step> trialStep(ReplicateState state, int round, Arm arm) {
    Optional<TrialState> trial = state.trial(round, arm);
    if (trial.isEmpty()) {
      return Optional.of(new Step.Prepare(round, arm));
    }
    if (trial.get().ended()) {
      return Optional.empty();
    }
    if (trial.get().trained().isPresent()) {
      return Optional.of(new Step.Evaluate(round, arm));
    }
    // A copy ends with a comparison with its ticket, whose weights it needs.
    return arm.kind() != Arm.Kind.ORDER || isTrained(state, round, Arm.TICKET)
        ? Optional.of(new Step.Train(round, arm))
        : Optional.empty();
  }
}
