package io.tombola.actors;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.replicate.Workers;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;

/** Workers whose requests a test receives and answers. */
public record WorkerProbes(
    TestProbe<DevicePool.Command> pool,
    TestProbe<Pruner.Prune> pruner,
    TestProbe<Rewinder.Command> rewinder,
    TestProbe<Evaluator.Evaluate> evaluator) {

  /** Probes of {@code kit}. */
  public static WorkerProbes of(ActorTestKit kit) {
    return new WorkerProbes(
        kit.createTestProbe(), kit.createTestProbe(), kit.createTestProbe(), kit.createTestProbe());
  }

  /** What a supervisor sends its requests to. */
  public Workers workers() {
    return new Workers(pool.getRef(), pruner.getRef(), rewinder.getRef(), evaluator.getRef());
  }
}
