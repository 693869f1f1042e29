package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.tombola.actors.WorkerResources;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.training.EarlyStop;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import java.util.Optional;

/** Finds the early stop of a trained trial, and the accuracies there and at the end. */
public final class Evaluator {

  /**
   * Requests a trial's result.
   *
   * @param trained its learning curve on the evaluation grid, and its path
   */
  public record Evaluate(Step.Evaluate step, TrainedTrial trained, ActorRef<StepReply> replyTo)
      implements StepRequest {}

  private Evaluator() {}

  /** The behavior; blocks on files, so it belongs on a blocking dispatcher. */
  public static Behavior<Evaluate> create(WorkerResources resources) {
    return StepWorker.create(Evaluate.class, request -> evaluate(resources, request));
  }

  private static TrialEvaluated evaluate(WorkerResources resources, Evaluate request) {
    LearningCurve curve =
        LearningCurve.decode(resources.artifacts().get(request.trained().curve()));
    Optional<LinearPath> path =
        request.trained().path().map(ref -> LinearPath.decode(resources.artifacts().get(ref)));
    return new TrialEvaluated(
        request.step().round(),
        request.step().arm(),
        EarlyStop.metricsOf(curve, path),
        resources.clock().instant());
  }
}
