package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.tombola.actors.WorkerResources;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.training.EarlyStop;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import java.util.Optional;

/** Finds the early stop afterwards, and the accuracies there and at the end. */
public final class Evaluator {

  /**
   * Asks for a trial's result.
   *
   * @param trained its learning curve on the evaluation grid, and its path
   */
  public record Evaluate(Step.Evaluate step, TrainedTrial trained, ActorRef<StepReply> replyTo) {}

  private Evaluator() {}

  /** The behavior; blocks on files, so it belongs on a blocking dispatcher. */
  public static Behavior<Evaluate> create(WorkerResources bench) {
    return Behaviors.receive(Evaluate.class)
        .onMessage(
            Evaluate.class,
            ask -> {
              ask.replyTo().tell(StepReply.of(ask.step(), () -> evaluate(bench, ask)));
              return Behaviors.same();
            })
        .build();
  }

  private static TrialEvaluated evaluate(WorkerResources bench, Evaluate ask) {
    LearningCurve curve = LearningCurve.decode(bench.artifacts().get(ask.trained().curve()));
    Optional<LinearPath> path =
        ask.trained().path().map(ref -> LinearPath.decode(bench.artifacts().get(ref)));
    return new TrialEvaluated(
        ask.step().round(),
        ask.step().arm(),
        EarlyStop.metricsOf(curve, path),
        bench.clock().instant());
  }
}
