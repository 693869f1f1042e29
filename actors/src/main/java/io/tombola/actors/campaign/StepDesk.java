package io.tombola.actors.campaign;

import akka.actor.typed.ActorRef;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;
import io.tombola.actors.round.Step;
import io.tombola.actors.round.StepReply;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.TrainedTrial;

/** Hands a replicate's steps, all but training, to the worker that does them. */
record StepDesk(CampaignSpec campaign, int replicate, Crew crew, ActorRef<StepReply> answers) {

  void initialize(Step.Initialize step) {
    crew.rewinder().tell(new Rewinder.Initialize(step, campaign, replicate, answers));
  }

  void prune(ReplicateState state, Step.Prune step) {
    TrialState ticket = state.trial(step.round() - 1, Arm.TICKET).orElseThrow();
    crew.pruner()
        .tell(
            new Pruner.Prune(
                step,
                campaign.pruning(),
                trained(ticket).weights(),
                ticket.start().mask(),
                answers));
  }

  void prepare(ReplicateState state, Step.Prepare step) {
    ArtifactRef mask = state.masks().get(step.round()).mask();
    crew.rewinder()
        .tell(
            new Rewinder.Prepare(
                step, campaign, replicate, state.initialWeights().orElseThrow(), mask, answers));
  }

  void evaluate(ReplicateState state, Step.Evaluate step) {
    TrialState trial = state.trial(step.round(), step.arm()).orElseThrow();
    crew.evaluator().tell(new Evaluator.Evaluate(step, trained(trial).curve(), answers));
  }

  private static TrainedTrial trained(TrialState trial) {
    return trial.trained().orElseThrow();
  }
}
