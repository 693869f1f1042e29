package io.tombola.actors;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.replicate.Workers;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

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

  /** Resources for a supervisor whose workers are probes: no data, and a clock that stands. */
  public static WorkerResources resources(Path store, Instant now) {
    return new WorkerResources(
        new ArtifactStore(new StoreLayout(store)),
        new DatasetCache(
            spec -> {
              throw new IllegalStateException("no data");
            }),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  /** What a supervisor sends its requests to. */
  public Workers workers() {
    return new Workers(pool.getRef(), pruner.getRef(), rewinder.getRef(), evaluator.getRef());
  }
}
