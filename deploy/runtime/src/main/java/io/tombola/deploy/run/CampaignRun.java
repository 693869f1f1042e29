package io.tombola.deploy.run;

import io.tombola.actors.DatasetCache;
import io.tombola.actors.Pipeline;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.deploy.control.ControlInbox;
import io.tombola.deploy.report.ReportFile;
import io.tombola.deploy.trainer.TrainerLock;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
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
import io.tombola.training.engine.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs or resumes a campaign on a store, from acquiring the lock to writing the report.
 *
 * <p>Throws whatever prevents the run: a store in use, a changed campaign, unreadable data, a
 * damaged store, a full disk, each with one line for the user.
 */
public final class CampaignRun {

  private final RunRequest request;
  private final PrintWriter err;
  private final Clock clock;
  private final UnaryOperator<Engine> engineDecorator;

  /**
   * A run.
   *
   * @param err receives progress and warnings
   */
  public CampaignRun(RunRequest request, PrintWriter err, Clock clock) {
    this(request, err, clock, UnaryOperator.identity());
  }

  /**
   * A run with decorated engines.
   *
   * @param err receives progress and warnings
   * @param engineDecorator wraps each engine of this process, on the engine's thread
   */
  public CampaignRun(
      RunRequest request, PrintWriter err, Clock clock, UnaryOperator<Engine> engineDecorator) {
    this.request = request;
    this.err = err;
    this.clock = clock;
    this.engineDecorator = engineDecorator;
  }

  /** What a training needs. */
  private record PreparedRun(
      CampaignSpec campaign,
      RunDevices devices,
      WorkerResources workers,
      Provenance provenance,
      List<RoundRecord> done) {}

  private record TrainedRun(CampaignOutcome outcome, Optional<UnpublishedResults> unpublished) {}

  /**
   * Runs until the campaign ends or is stopped.
   *
   * @param stopHook receives how to stop the current work: first the download of data, then the
   *     campaign
   */
  public RunResult run(Consumer<Runnable> stopHook) {
    StoreLayout store = request.store();
    store.create();
    try (StoreLock lock = StoreLock.acquire(store)) {
      JournalBinding.bind(store, request.config().journal());
      TrainerLock.awaitNone(store);
      PreparedRun prepared = prepare(new StoredCampaign(request, err), stopHook);
      return conclude(train(prepared, stopHook));
    }
  }

  private PreparedRun prepare(StoredCampaign stored, Consumer<Runnable> stopHook) {
    Optional<CampaignView> view = stored.find();
    DataSources sources = dataSources();
    stopHook.accept(sources::stop);
    DatasetCache data = new DatasetCache(dataset -> Datasets.load(dataset, sources));
    Dataset examples = data.dataset(spec());
    RunDevices devices = RunDevices.detect(request, engineDecorator);
    CampaignSpec campaign =
        view.flatMap(found -> found.campaign().spec())
            .map(begun -> spec().asBegun(begun))
            .orElseGet(() -> devices.withEngine(spec()));
    Set<EngineName> used = StoredCampaign.engines(campaign, view);
    devices.engines().require(used);
    Provenance provenance = ProvenanceCollector.of(devices.engines(), used, examples);
    view.ifPresent(found -> stored.warnIfDeterminantsChanged(found, provenance));
    return new PreparedRun(
        campaign,
        devices,
        new WorkerResources(new ArtifactStore(request.store()), data, clock),
        provenance,
        view.map(CampaignView::records).orElse(List.of()));
  }

  private TrainedRun train(PreparedRun run, Consumer<Runnable> stopHook) {
    announce(run);
    CampaignEta eta = new CampaignEta(run.campaign(), run.done(), run.devices().ids());
    try (RunComponents components = RunComponents.open(request, eta, err, clock);
        Pipeline pipeline = startPipeline(run, components);
        ControlInbox inbox = ControlInbox.start(request.store(), pipeline::control)) {
      stopHook.accept(pipeline::stop);
      CampaignOutcome outcome = pipeline.outcome().toCompletableFuture().join();
      inbox.close();
      components.display().close();
      boolean interrupted = outcome.kind() == CampaignOutcome.Kind.INTERRUPTED;
      Optional<UnpublishedResults> unpublished = components.publishing().drain(interrupted);
      unpublished.map(UnpublishedResults::line).ifPresent(err::println);
      return new TrainedRun(outcome, unpublished);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Pipeline startPipeline(PreparedRun run, RunComponents components) {
    return Pipeline.start(
        new Pipeline.Settings(
            request.store(),
            run.workers(),
            run.devices().ids(),
            run.devices().trainers(run.workers()),
            request.config().retries(),
            components.listener()),
        run.campaign(),
        run.provenance(),
        components.heartbeats().journalListener());
  }

  private void announce(PreparedRun run) {
    if (request.quiet()) {
      return;
    }
    int done = run.done().size();
    err.printf(
        "%s: %s on %s, %d replicates, %d rounds, %d trials%s, on %s; store %s%n",
        spec().name(),
        spec().network(),
        spec().dataset().name(),
        spec().replicates(),
        spec().pruning().rounds(),
        spec().trials().size(),
        done == 0 ? "" : " (" + done + " done before)",
        String.join(" ", run.devices().ids()),
        request.store().root());
    err.flush();
  }

  private DataSources dataSources() {
    FetchListener display =
        request.quiet() ? progress -> {} : new FetchDisplay(err, request.live());
    Path home = Path.of(System.getProperty("user.home"));
    return new DataSources(
        DataSources.cacheOf(System.getenv(), home), request.config().data().mirrors(), display);
  }

  private RunResult conclude(TrainedRun trained) {
    try (JournalReader reader = JournalReader.open(request.store())) {
      CampaignView view = CampaignView.read(reader, spec().name()).orElseThrow();
      ReportFile report = new ReportFile(request.store(), view);
      Path file = request.store().report(spec().name());
      report.write(file);
      List<String> finding =
          view.records().isEmpty() ? List.of() : report.data().findings().sentences();
      return new RunResult(trained.outcome(), finding, file, view.slots(), trained.unpublished());
    }
  }

  private CampaignSpec spec() {
    return request.config().campaign();
  }
}
