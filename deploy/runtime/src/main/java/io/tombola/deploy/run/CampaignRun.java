package io.tombola.deploy.run;

import io.tombola.actors.DatasetCache;
import io.tombola.actors.Pipeline;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.device.child.TrainerProxy;
import io.tombola.actors.device.child.TrainerTimeouts;
import io.tombola.actors.progress.Progress;
import io.tombola.deploy.config.SpecDifference;
import io.tombola.deploy.control.ControlInbox;
import io.tombola.deploy.live.HeartbeatFile;
import io.tombola.deploy.report.ReportFile;
import io.tombola.deploy.trainer.TrainerCommand;
import io.tombola.deploy.trainer.TrainerLock;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalBinding;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.lock.StoreLock;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.Dataset;
import io.tombola.training.data.Datasets;
import io.tombola.training.data.fetch.FetchListener;
import io.tombola.training.engine.CoreAllocator;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.engine.Engines;
import io.tombola.training.engine.PinnedEngine;
import io.tombola.training.network.Networks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs or resumes a campaign on a store, from taking the lock to writing the report.
 *
 * <p>What stands in the way is thrown: a store in use, a changed campaign, unreadable data, a
 * damaged store, a full disk, each with one line for the user.
 */
public final class CampaignRun {

  private final RunRequest request;
  private final PrintWriter err;
  private final Clock clock;
  private final UnaryOperator<Engine> watch;

  /**
   * A run.
   *
   * @param err where progress and remarks go
   */
  public CampaignRun(RunRequest request, PrintWriter err, Clock clock) {
    this(request, err, clock, UnaryOperator.identity());
  }

  /**
   * A run whose engines are watched.
   *
   * @param err where progress and remarks go
   * @param watch laid around each engine of this process, on its thread
   */
  public CampaignRun(
      RunRequest request, PrintWriter err, Clock clock, UnaryOperator<Engine> watch) {
    this.request = request;
    this.err = err;
    this.clock = clock;
    this.watch = watch;
  }

  /**
   * Runs to the end, or until stopped.
   *
   * @param stoppable is given what cleanly stops what is under way: fetching data, then the
   *     campaign
   */
  public RunResult run(Consumer<Runnable> stoppable) {
    StoreLayout store = request.store();
    store.create();
    try (StoreLock lock = StoreLock.acquire(store)) {
      JournalBinding.settle(store, request.config().journal());
      TrainerLock.awaitNone(store);
      Optional<CampaignView> stored = stored();
      DataSources sources = sources();
      stoppable.accept(sources::stop);
      DatasetCache data = new DatasetCache(dataset -> Datasets.load(dataset, sources));
      Dataset examples = data.dataset(spec());
      Engines engines = engines();
      CampaignSpec campaign =
          stored
              .flatMap(view -> view.campaign().spec())
              .map(begun -> spec().asBegun(begun))
              .orElseGet(() -> onItsDevices(engines));
      Set<EngineName> used = used(campaign, stored);
      engines.require(used);
      Provenance provenance = ProvenanceCollector.of(engines, used, examples);
      stored.ifPresent(view -> warnOfOtherBytes(view, provenance));
      List<RoundRecord> done = stored.map(CampaignView::records).orElse(List.of());
      WorkerResources bench = new WorkerResources(new ArtifactStore(store), data, clock);
      return conclude(train(campaign, engines, bench, provenance, done, stoppable));
    }
  }

  /** The campaign as far as the store holds it; one that was changed is refused. */
  private Optional<CampaignView> stored() {
    Optional<JournalReader> journal = JournalLog.openIfPresent(request.store());
    if (journal.isEmpty()) {
      return Optional.empty();
    }
    try (JournalReader reader = journal.get()) {
      sayWhatIsLost(reader.lostEvents());
      List<CampaignView> campaigns = CampaignView.all(reader);
      Optional<CampaignView> stored =
          campaigns.stream()
              .filter(view -> view.campaign().spec().orElseThrow().name().equals(spec().name()))
              .findFirst();
      stored.ifPresent(this::refuseChanged);
      stored.ifPresent(this::refuseCancelled);
      new ArtifactStore(request.store()).sweep(CampaignView.liveArtifacts(reader));
      return stored;
    }
  }

  private CampaignSpec onItsDevices(Engines engines) {
    EngineChoice choice = spec().training().engine();
    return spec().withEngine(EngineSelection.on(engines.devices(), choice));
  }

  /** The engines that its trials were prepared for, and those that more trials can come to. */
  private static Set<EngineName> used(CampaignSpec campaign, Optional<CampaignView> stored) {
    Set<EngineName> used =
        EnumSet.copyOf(
            EngineSelection.STANDARD.candidates(
                campaign.training().engine(), Networks.of(campaign)));
    stored.stream()
        .flatMap(view -> view.replicates().stream())
        .flatMap(replicate -> replicate.trials().stream())
        .forEach(trial -> used.add(trial.engine()));
    return used;
  }

  private void sayWhatIsLost(long events) {
    if (events > 0) {
      err.printf(
          "warning: the last %d events that were acknowledged are gone from the journal of %s;"
              + " what they told is trained again, with the same results%n",
          events, request.store().root());
    }
  }

  private void refuseChanged(CampaignView stored) {
    List<String> difference =
        SpecDifference.between(stored.campaign().spec().orElseThrow(), spec());
    if (!difference.isEmpty()) {
      throw new ChangedCampaignException(
          spec().name(), request.store().root().toString(), difference);
    }
  }

  private void refuseCancelled(CampaignView stored) {
    if (stored.campaign().hold().equals(Optional.of(ControlState.CANCELLED))) {
      throw new CancelledCampaignException(stored.name(), request.store().root().toString());
    }
  }

  private void warnOfOtherBytes(CampaignView stored, Provenance provenance) {
    List<Provenance> before = stored.campaign().provenances();
    List<String> changed =
        ProvenanceCollector.difference(before.get(before.size() - 1), provenance);
    if (!changed.isEmpty() && stored.campaign().finishedAt().isEmpty()) {
      err.println(
          "warning: this campaign goes on with other bytes than an uninterrupted run would have: "
              + String.join("; ", changed));
    }
  }

  private record Ended(CampaignOutcome outcome, Optional<UnpublishedResults> undelivered) {}

  private Ended train(
      CampaignSpec campaign,
      Engines engines,
      WorkerResources bench,
      Provenance provenance,
      List<RoundRecord> done,
      Consumer<Runnable> stoppable) {
    Map<String, Device> devices = new LinkedHashMap<>();
    engines.devices().forEach(device -> devices.put(device.id(), device));
    CampaignEta ledger = new CampaignEta(campaign, done, devices.keySet());
    announce(done, devices.keySet());
    try (WebhookPublishing webhook = WebhookPublishing.open(request, clock);
        KafkaPublishing outlet =
            KafkaPublishing.open(request.config().kafka(), request.store(), spec().name(), clock);
        ProgressDisplay display = new ProgressDisplay(err, request.live(), ledger, clock);
        HeartbeatWriter reporter =
            new HeartbeatWriter(
                new HeartbeatFile(request.store()), ledger, outlet::publisher, clock);
        Pipeline pipeline =
            Pipeline.start(
                new Pipeline.Settings(
                    request.store(),
                    bench,
                    List.copyOf(devices.keySet()),
                    trainers(engines, devices, bench),
                    request.config().retries(),
                    news -> {
                      ledger.on(news);
                      reporter.on(news);
                      webhook.on(news);
                      tell(news, display, outlet);
                    }),
                campaign,
                provenance,
                reporter.journal());
        ControlInbox orders = ControlInbox.start(request.store(), pipeline::order)) {
      stoppable.accept(pipeline::stop);
      CampaignOutcome outcome = pipeline.outcome().toCompletableFuture().join();
      orders.close();
      display.close();
      boolean stopped = outcome.kind() == CampaignOutcome.Kind.INTERRUPTED;
      Optional<UnpublishedResults> undelivered = outlet.drain(stopped);
      undelivered.map(UnpublishedResults::line).ifPresent(err::println);
      return new Ended(outcome, undelivered);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private DevicePool.TrainerFactory trainers(
      Engines engines, Map<String, Device> devices, WorkerResources bench) {
    TrainerCommand command = new TrainerCommand(request.store(), devices.size(), pinsCores());
    CoreAllocator cores = CoreAllocator.ofMachine();
    return switch (request.config().trainers().isolation()) {
      case THREAD ->
          device -> Trainer.create(bench, device, () -> open(engines, devices.get(device), cores));
      case PROCESS -> device -> TrainerProxy.create(device, command, TrainerTimeouts.DEFAULT);
    };
  }

  private Engine open(Engines engines, Device device, CoreAllocator cores) {
    Supplier<Engine> engine = () -> watch.apply(engines.open(device));
    return pinsCores() ? PinnedEngine.open(device, cores, engine) : engine.get();
  }

  private boolean pinsCores() {
    return request.config().devices().pinCores();
  }

  private void tell(Progress news, ProgressDisplay display, KafkaPublishing outlet) {
    if (!request.quiet()) {
      display.on(news);
    }
    outlet.on(news);
  }

  private void announce(List<RoundRecord> done, Set<String> devices) {
    if (request.quiet()) {
      return;
    }
    int trials = spec().trials().size();
    err.printf(
        "%s: %s on %s, %d replicates, %d rounds, %d trials%s, on %s; store %s%n",
        spec().name(),
        spec().network(),
        spec().dataset().name(),
        spec().replicates(),
        spec().pruning().rounds(),
        trials,
        done.isEmpty() ? "" : " (" + done.size() + " done before)",
        String.join(" ", devices),
        request.store().root());
    err.flush();
  }

  private DataSources sources() {
    FetchListener display = request.quiet() ? news -> {} : new FetchDisplay(err, request.live());
    Path home = Path.of(System.getProperty("user.home"));
    return new DataSources(
        DataSources.cacheOf(System.getenv(), home), request.config().data().mirrors(), display);
  }

  private Engines engines() {
    OptionalInt slots = request.config().devices().cpuSlots();
    return slots.isPresent() ? Engines.detect(slots.getAsInt()) : Engines.detect();
  }

  private RunResult conclude(Ended ended) {
    try (JournalReader reader = JournalReader.open(request.store())) {
      CampaignView view = CampaignView.read(reader, spec().name()).orElseThrow();
      ReportFile report = new ReportFile(request.store(), view);
      var file = request.store().report(spec().name());
      report.write(file);
      List<String> finding =
          view.records().isEmpty() ? List.of() : report.data().findings().sentences();
      return new RunResult(ended.outcome(), finding, file, view.slots(), ended.undelivered());
    }
  }

  private CampaignSpec spec() {
    return request.config().campaign();
  }
}
