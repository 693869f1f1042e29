package io.tombola.deploy.cli;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.training.LearningCurve;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Networks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Writes finished campaigns of two replicates into a store. */
final class StoredCampaigns {

  private static final Instant AT = Instant.parse("2026-11-22T09:00:00Z");

  private final StoreLayout store;
  private final ArtifactRef mask;
  private final ArtifactRef curve;

  StoredCampaigns(StoreLayout store) {
    this.store = store;
    DurableFiles.createDirectories(store.root().resolve("journal"));
    ArtifactStore artifacts = new ArtifactStore(store);
    this.mask = artifacts.put(Mask.ones(Networks.LENET_300_100).encode());
    this.curve =
        artifacts.put(
            LearningCurve.EMPTY
                .plus(new LearningCurve.Point(0, OptionalDouble.empty(), 2.3, 10, 2.3, 10))
                .plus(new LearningCurve.Point(2000, OptionalDouble.of(0.2), 0.3, 88, 0.3, 88))
                .encode());
  }

  /** Each round's tickets stop 100 iterations earlier and are 0.5 points better. */
  StoredCampaigns add(String name, String... settings) {
    List<String> all = new ArrayList<>(List.of("name=" + name, "replicates=2"));
    all.addAll(List.of(settings));
    CampaignSpec spec = ConfigLoader.load(Optional.empty(), all).campaign();
    Map<String, List<TombolaEvent>> events = new TreeMap<>();
    Provenance provenance = new Provenance(new TreeMap<>(), new TreeMap<>());
    events.put(
        JournalId.campaign(name),
        List.of(new CampaignStarted(spec, provenance, AT), new CampaignFinished(AT)));
    for (int replicate = 1; replicate <= 2; replicate++) {
      events.put(JournalId.replicate(new ReplicateId(name, replicate)), replicate(spec, replicate));
    }
    JournalWriter.begin(store, events);
    return this;
  }

  private List<TombolaEvent> replicate(CampaignSpec spec, int replicate) {
    List<TombolaEvent> events = new ArrayList<>();
    events.add(new ReplicateStarted(spec, replicate, AT));
    events.add(new WeightsInitialized(curve, mask, density(spec, 0), AT));
    for (int round = 0; round <= spec.pruning().rounds(); round++) {
      MaskDensity density = density(spec, round);
      if (round > 0) {
        events.add(new MaskPruned(round, mask, density, AT));
      }
      for (Arm arm : spec.arms(round)) {
        int better = arm.isTicket() ? round : -round;
        double accuracy = 87 + replicate + 0.5 * better;
        events.add(
            new TrialPrepared(
                round, arm, new TrialStart(curve, mask), density, EngineName.DL4J, AT));
        events.add(
            new TrialTrained(round, arm, new TrainedTrial(2000, curve, curve, "cpu:0", 9), AT));
        events.add(
            new TrialEvaluated(
                round,
                arm,
                new TrialMetrics(1000 - 100 * better, 0.3, accuracy, accuracy, 0.4, accuracy),
                AT));
      }
    }
    events.add(new ReplicateFinished(AT));
    return events;
  }

  private static MaskDensity density(CampaignSpec spec, int round) {
    double kept = Math.pow(1 - spec.pruning().rates().dense(), round);
    return new MaskDensity(
        List.of(new MaskDensity.Layer("dense-1", Math.round(100_000 * kept), 100_000)));
  }
}
