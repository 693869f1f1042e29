package io.tombola.protocol.event;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignForked;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.CampaignEvent.ReplicateCompleted;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.DeviceUsage;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** One event of every type, in an order in which they could happen. */
public final class EventSamples {

  public static final List<TombolaEvent> ALL = List.copyOf(all());

  private EventSamples() {}

  private static List<TombolaEvent> all() {
    Instant at = Instant.parse("2026-01-02T03:04:05.678901Z");
    Provenance provenance =
        new Provenance(
            new TreeMap<>(Map.of("backend", "nd4j-native", "threads", "1")),
            new TreeMap<>(Map.of("host", "localhost", "java", "17.0.15")));
    MaskDensity density =
        new MaskDensity(
            List.of(
                new MaskDensity.Layer("dense-1", 188160, 235200),
                new MaskDensity.Layer("output", 900, 1000)));
    TrialFailure failure = new TrialFailure(TrialFailure.Kind.DIVERGED, "the loss became NaN");
    TrialFailure placed =
        new TrialFailure(
            TrialFailure.Kind.DIVERGED, "no number", Optional.of(120), Optional.of("dense-1"));
    Arm reinit = Arm.reinit(1);
    return List.of(
        new CampaignStarted(campaign(), provenance, at),
        new CampaignStarted(everyOption(), provenance, at),
        new CampaignStarted(ofAnyEngine(), provenance, at),
        new CampaignForked("origin", 3, at),
        new CampaignRestarted(provenance, at),
        new ReplicateStarted(campaign(), 1, at),
        new WeightsInitialized(ref('a'), ref('b'), density, at),
        new TrialPrepared(
            0, Arm.TICKET, new TrialStart(ref('a'), ref('b')), density, EngineName.DL4J, at),
        new CheckpointSaved(0, Arm.TICKET, new CheckpointRef(500, ref('c')), Optional.empty(), at),
        new CheckpointSaved(
            0,
            Arm.TICKET,
            new CheckpointRef(500, ref('c')),
            Optional.of(new DeviceUsage("cpu:0", 2345, 2400)),
            at),
        new RewindPointSaved(new CheckpointRef(100, ref('c')), at),
        new CheckpointDropped(0, Arm.TICKET, ref('c'), at),
        new TrialTrained(
            0, Arm.TICKET, new TrainedTrial(1000, ref('d'), ref('e'), "cpu:0", 4321), at),
        new TrialEvaluated(0, Arm.TICKET, new TrialMetrics(600, 0.25, 91.5, 90.75, 0.5, 90.5), at),
        new TrialPrepared(
            1,
            Arm.ONE_SHOT,
            new TrialStart(ref('a'), ref('b'), 100, Optional.of(ref('c'))),
            density,
            EngineName.DL4J,
            at),
        new TrialPrepared(
            2, Arm.TICKET, new TrialStart(ref('a'), ref('b')), density, EngineName.SPARSE, at),
        new TrialTrained(
            1,
            new Arm(Arm.Kind.ORDER, 1),
            new TrainedTrial(1000, ref('d'), ref('e'), "cpu:0", 4321, Optional.of(ref('f'))),
            at),
        new TrialTrained(
            2,
            Arm.TICKET,
            new TrainedTrial(1000, ref('d'), ref('e'), "cpu:1", 4321),
            Optional.of(new DeviceUsage("cpu:1", 4300, 4350)),
            at),
        new TrialEvaluated(
            1,
            new Arm(Arm.Kind.ORDER, 1),
            new TrialMetrics(600, 0.25, 91.5, 90.75, 0.5, 90.5, OptionalDouble.of(1.5)),
            at),
        new MaskPruned(1, ref('f'), density, at),
        new CampaignPaused(at),
        new CampaignCancelled(at),
        new CampaignResumed(at),
        new TrialFailed(1, reinit, failure, at),
        new TrialFailed(1, Arm.reinit(2), placed, at),
        new ReplicateFinished(at),
        new ReplicateCompleted(1, at),
        new ReplicateAbandoned(2, failure, at),
        new ReplicateAbandoned(3, placed, at),
        new CampaignFinished(at));
  }

  private static CampaignSpec campaign() {
    return new CampaignSpec(
        "sample",
        42,
        2,
        new DatasetSpec("mnist", Optional.of("data/mnist")),
        "lenet-300-100",
        new TrainingSpec(1000, 60, new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3), 100, 500),
        new PruningSpec(
            PruningSpec.Schedule.ITERATIVE,
            6,
            new PruningSpec.Rates(0.2, 0.1),
            PruningSpec.Scope.LAYER,
            PruningSpec.Criterion.MAGNITUDE),
        RewindSpec.TO_INITIALISATION,
        new ControlsSpec(1, 2));
  }

  /** A campaign in which nothing has the value that version 0.1.0 had for it. */
  private static CampaignSpec everyOption() {
    return new CampaignSpec(
        "sample-2",
        42,
        2,
        new DatasetSpec(
            "cifar",
            Optional.of("data/cifar"),
            DatasetSpec.Normalization.PER_CHANNEL,
            1000,
            Optional.of(20_000),
            Optional.of(2_000)),
        "conv 64, max-pool 2, dense 10",
        new TrainingSpec(
            1000,
            60,
            new OptimizerSpec(
                OptimizerSpec.Type.MOMENTUM,
                0.1,
                0.8,
                1e-4,
                new ScheduleSpec.Step(List.of(500, 750), 0.2, 50)),
            100,
            500),
        new PruningSpec(
            PruningSpec.Schedule.ITERATIVE,
            6,
            Optional.of(3.5),
            new PruningSpec.Rates(0.2, 0.15, 0.1, 0.3),
            PruningSpec.Scope.GLOBAL,
            PruningSpec.Criterion.MOVEMENT),
        new RewindSpec(RewindSpec.Mode.WEIGHTS, 100, RewindSpec.OptimizerHandling.RESTORED),
        new ControlsSpec(1, 2, 3, 4, true),
        new AnalysisSpec(new AnalysisSpec.Instability(1, List.of(0, 3), 21), true));
  }

  /** What no version before 0.4.0 could ask for. */
  private static CampaignSpec ofAnyEngine() {
    CampaignSpec sample = campaign();
    return new CampaignSpec(
        "sample-3",
        sample.seed(),
        sample.replicates(),
        sample.dataset(),
        sample.network(),
        sample.training().withEngine(EngineChoice.AUTO),
        sample.pruning(),
        sample.rewind(),
        sample.controls());
  }

  private static ArtifactRef ref(char digit) {
    return new ArtifactRef(String.valueOf(digit).repeat(64));
  }
}
