package io.tombola.actors.campaign;

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
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.TrainedTrial;
import java.util.Optional;

/** Hands a replicate's steps, all but training, to the worker that does them. */
record StepDispatcher(
    CampaignSpec campaign, int replicate, Workers crew, ActorRef<StepReply> answers) {

  void initialize(Step.Initialize step) {
    crew.rewinder().tell(new Rewinder.Initialize(step, campaign, replicate, answers));
  }

  void prune(ReplicateState state, Step.Prune step) {
    crew.pruner().tell(new Pruner.Prune(step, campaign, replicate, source(state, step), answers));
  }

  private Pruner.Source source(ReplicateState state, Step.Prune step) {
    if (campaign.pruning().criterion().atInitialisation()) {
      return new Pruner.Initialisation(state.initialWeights().orElseThrow());
    }
    TrialState chain = chainBefore(state, step.round());
    return new Pruner.Training(
        chain.start().weights(), trained(chain).weights(), chain.start().mask());
  }

  /** The training that a round (from 1) comes from. */
  private TrialState chainBefore(ReplicateState state, int round) {
    int before = campaign.pruning().schedule() == Schedule.ONE_SHOT ? 0 : round - 1;
    return state.trial(before, campaign.chain(before)).orElseThrow();
  }

  void prepare(ReplicateState state, Step.Prepare step) {
    crew.rewinder()
        .tell(
            new Rewinder.Prepare(
                step, campaign, replicate, chain(state, step), engine(state, step), answers));
  }

  /**
   * The engine of the round's trials as far as there are any, where the campaign leaves it to the
   * program: they are compared with each other, whatever a later version would choose.
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
    boolean goesOn =
        step.arm().kind() == Arm.Kind.CONTINUED
            || campaign.rewind().mode() == Mode.LEARNING_RATE
            || campaign.rewind().mode() == Mode.FINE_TUNE;
    return new Rewinder.ChainRefs(
        state.initialWeights().orElseThrow(),
        state.masks().get(step.round()).mask(),
        pruned && campaign.rewind().toTrainedWeights()
            ? Optional.of(state.rewindPoint().orElseThrow().artifact())
            : Optional.empty(),
        pruned && goesOn
            ? Optional.of(trained(chainBefore(state, step.round())).weights())
            : Optional.empty(),
        step.arm().kind() == Arm.Kind.ONE_SHOT
            ? Optional.of(trained(state.trial(0, Arm.TICKET).orElseThrow()).weights())
            : Optional.empty());
  }

  void evaluate(ReplicateState state, Step.Evaluate step) {
    TrialState trial = state.trial(step.round(), step.arm()).orElseThrow();
    crew.evaluator().tell(new Evaluator.Evaluate(step, trained(trial), answers));
  }

  private static TrainedTrial trained(TrialState trial) {
    return trial.trained().orElseThrow();
  }
}
