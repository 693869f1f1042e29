package io.tombola.actors;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.JournalListener;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.Datasets;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.device.Engines;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs real campaigns on a real store with the real engine, on two CPU slots. */
final class TestRun {

  private static final Engines ENGINES = Engines.detect(2);
  private static final DatasetCache DATA =
      new DatasetCache(
          spec ->
              Datasets.load(spec, new DataSources(Path.of("no-cache"), Map.of(), progress -> {})));

  private static final long TIMEOUT_MINUTES = 2;

  private final StoreLayout store;
  private UnaryOperator<Engine> engineChange = UnaryOperator.identity();
  private ProgressListener listener = progress -> {};
  private Consumer<Pipeline> onStart = pipeline -> {};
  private List<String> devices = List.of("cpu:0", "cpu:1");
  private FailurePolicy policy = FailurePolicy.DEFAULT;
  private Clock clock = Clock.systemUTC();

  TestRun(Path root) {
    store = new StoreLayout(root);
    store.create();
  }

  TestRun changingEngines(UnaryOperator<Engine> change) {
    engineChange = change;
    return this;
  }

  TestRun listeningWith(ProgressListener progress) {
    listener = progress;
    return this;
  }

  TestRun onStart(Consumer<Pipeline> action) {
    onStart = action;
    return this;
  }

  TestRun on(String... only) {
    devices = List.of(only);
    return this;
  }

  TestRun retrying(FailurePolicy limits) {
    policy = limits;
    return this;
  }

  TestRun at(Clock time) {
    clock = time;
    return this;
  }

  CampaignOutcome run(CampaignSpec campaign) throws Exception {
    Pipeline.Settings settings =
        new Pipeline.Settings(
            store,
            resources(),
            devices,
            device -> Trainer.create(resources(), device, () -> engineChange.apply(open(device))),
            policy,
            progress -> listener.on(progress));
    Provenance provenance = new Provenance(new TreeMap<>(), new TreeMap<>());
    try (Pipeline pipeline = Pipeline.start(settings, campaign, provenance, JournalListener.NONE)) {
      onStart.accept(pipeline);
      return pipeline.outcome().toCompletableFuture().get(TIMEOUT_MINUTES, TimeUnit.MINUTES);
    }
  }

  CampaignView view(String campaign) {
    try (JournalReader reader = JournalReader.open(store)) {
      return CampaignView.read(reader, campaign).orElseThrow();
    }
  }

  /** The trials of a campaign that have a row. */
  List<TrialId> trials(String campaign) {
    return view(campaign).records().stream().map(RoundRecord::trial).toList();
  }

  WorkerResources resources() {
    return new WorkerResources(new ArtifactStore(store), DATA, clock);
  }

  StoreLayout store() {
    return store;
  }

  static Engine open(String device) {
    return ENGINES.open(
        ENGINES.devices().stream().filter(d -> d.id().equals(device)).findFirst().orElseThrow());
  }
}
