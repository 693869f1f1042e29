package io.tombola.storage;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateCompleted;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A short campaign and what it leaves in the journal. */
public final class Samples {

  /** What the checkpoint of {@link #replicate} holds. */
  public static final byte[] CHECKPOINT = bytes("checkpoint");

  public static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private Samples() {}

  public static CampaignSpec campaign(String name) {
    return new CampaignSpec(
        name,
        7,
        2,
        new DatasetSpec("fashion-mnist", Optional.empty()),
        "lenet-300-100",
        new TrainingSpec(100, 60, new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3), 10, 50),
        new PruningSpec(
            PruningSpec.Schedule.ITERATIVE,
            1,
            new PruningSpec.Rates(0.2, 0.1),
            PruningSpec.Scope.LAYER,
            PruningSpec.Criterion.MAGNITUDE),
        RewindSpec.TO_INITIALISATION,
        new ControlsSpec(1, 0));
  }

  public static CampaignEvent started(String name, Instant at) {
    return new CampaignStarted(
        campaign(name), new Provenance(new TreeMap<>(), new TreeMap<>()), at);
  }

  /** {@code count} events, each different, the first for replicate {@code first}. */
  public static List<CampaignEvent> completions(int first, int count) {
    return IntStream.range(first, first + count)
        .<CampaignEvent>mapToObj(replicate -> new ReplicateCompleted(replicate, NOON))
        .toList();
  }

  /** A replicate whose dense training has a result and whose control failed. */
  public static List<ReplicateEvent> replicate(String name, int replicate) {
    MaskDensity density = new MaskDensity(List.of(new MaskDensity.Layer("dense-1", 8, 10)));
    TrialStart start = new TrialStart(ref("weights"), ref("mask"));
    TrainedTrial trained = new TrainedTrial(100, ref("trained"), ref("curve"), "cpu:0", 12);
    return List.of(
        new ReplicateStarted(campaign(name), replicate, NOON),
        new WeightsInitialized(ref("weights"), ref("mask"), density, NOON),
        new TrialPrepared(1, Arm.reinit(1), start, density, EngineName.SPARSE, NOON),
        new TrialPrepared(0, Arm.TICKET, start, density, EngineName.SPARSE, NOON),
        new CheckpointSaved(
            0, Arm.TICKET, new CheckpointRef(50, ref("checkpoint")), Optional.empty(), NOON),
        new TrialTrained(0, Arm.TICKET, trained, NOON),
        new TrialEvaluated(0, Arm.TICKET, new TrialMetrics(30, 0.5, 88, 87, 0.6, 86.5), NOON),
        new TrialFailed(
            1,
            Arm.reinit(1),
            new TrialFailure(
                TrialFailure.Kind.DIVERGED, "diverged", Optional.of(40), Optional.of("dense-1")),
            NOON),
        new ReplicateFinished(NOON));
  }

  /** What the artifacts of {@link #replicate} hold. */
  public static List<byte[]> artifacts() {
    return List.of(bytes("weights"), bytes("mask"), bytes("trained"), bytes("curve"));
  }

  public static ArtifactRef ref(String content) {
    return ArtifactRef.of(bytes(content));
  }

  private static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }
}
