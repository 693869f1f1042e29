package io.tombola.actors.replicate;

import akka.actor.typed.ActorRef;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;
import io.tombola.actors.round.Step;
import io.tombola.actors.round.StepReply;
import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.TrainedTrial;
import java.util.Optional;

/** Sends a replicate's steps, all but training, to the worker that does them. */
record StepDispatcher(
    CampaignSpec campaign, int replicate, Workers workers, ActorRef<StepReply> replyTo) {

  void initialize(Step.Initialize step) {
    workers.rewinder().tell(new Rewinder.Initialize(step, campaign, replicate, replyTo));
  }

  void prune(ReplicateState state, Step.Prune step) {
    workers
        .pruner()
        .tell(new Pruner.Prune(step, campaign, replicate, source(state, step), replyTo));
  }

  private Pruner.Source source(ReplicateState state, Step.Prune step) {
    if (campaign.maskSource(step.round()).isEmpty()) {
      return new Pruner.Initialisation(state.initialWeights().orElseThrow());
    }
    TrialState source = maskSource(state, step.round());
    return new Pruner.Training(
        source.start().weights(), trained(source).weights(), source.start().mask());
  }

  private TrialState maskSource(ReplicateState state, int round) {
    return campaign
        .maskSource(round)
        .flatMap(source -> state.trial(source.round(), source.arm()))
        .orElseThrow();
  }

  void prepare(ReplicateState state, Step.Prepare step) {
    workers
        .rewinder()
        .tell(
            new Rewinder.Prepare(
                step, campaign, replicate, chain(state, step), engine(state, step), replyTo));
  }

  /**
   * The engine that the round's earlier trials have, if the campaign leaves the choice to the
   * program: trials of one round are compared, so that a later version must not choose another.
   */
  private Optional<EngineName> engine(ReplicateState state, Step.Prepare step) {
    return campaign.training().engine() == EngineChoice.AUTO
        ? state.trials().stream()
            .filter(trial -> trial.round() == step.round())
            .map(TrialState::engine)
            .findFirst()
        : Optional.empty();
  }

  private Rewinder.ChainRefs chain(ReplicateState state, Step.Prepare step) {
    boolean pruned = step.round() > 0;
    boolean continuesTraining =
        step.arm().kind() == Arm.Kind.CONTINUED
            || campaign.rewind().mode() == Mode.LEARNING_RATE
            || campaign.rewind().mode() == Mode.FINE_TUNE;
    return new Rewinder.ChainRefs(
        state.initialWeights().orElseThrow(),
        state.masks().get(step.round()).mask(),
        pruned && campaign.rewind().toTrainedWeights()
            ? Optional.of(state.rewindPoint().orElseThrow().artifact())
            : Optional.empty(),
        pruned && continuesTraining
            ? Optional.of(trained(maskSource(state, step.round())).weights())
            : Optional.empty(),
        step.arm().kind() == Arm.Kind.ONE_SHOT
            ? Optional.of(trained(state.trial(0, Arm.TICKET).orElseThrow()).weights())
            : Optional.empty());
  }

  void evaluate(ReplicateState state, Step.Evaluate step) {
    TrialState trial = state.trial(step.round(), step.arm()).orElseThrow();
    workers.evaluator().tell(new Evaluator.Evaluate(step, trained(trial), replyTo));
  }

  private static TrainedTrial trained(TrialState trial) {
    return trial.trained().orElseThrow();
  }
}
