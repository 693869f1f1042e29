package io.tombola.deploy.live;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.storage.lock.StoreLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store that this process holds; tests append events and read snapshots. */
public final class WatchedStore implements AutoCloseable {

  private static final ArtifactRef ARTIFACT = new ArtifactRef("a".repeat(64));

  private final StoreLayout store;
  private final StoreLock lock;
  private final Map<String, List<TombolaEvent>> events = new TreeMap<>();
  private String campaign = "";
  private ProcessMetrics metrics =
      new ProcessMetrics(
          0,
          new TreeMap<>(),
          0,
          new ProcessMetrics.Journal(0, 0, 0, Optional.empty()),
          Optional.empty());

  /** An empty store. */
  public WatchedStore(Path root) {
    store = new StoreLayout(root);
    store.create();
    lock = StoreLock.acquire(store);
  }

  /** Starts a campaign with one replicate; later calls append to it. */
  public WatchedStore campaign(String name) {
    campaign = name;
    CampaignSpec spec =
        ConfigLoader.load(
                Optional.empty(), List.of("name=" + name, "replicates=1", "controls.reinit=0"))
            .campaign();
    add(
        JournalId.campaign(name),
        new CampaignStarted(spec, new Provenance(new TreeMap<>(), new TreeMap<>()), now()));
    add(replicate(), new ReplicateStarted(spec, 1, now()));
    return this;
  }

  /** Prepares a ticket. */
  public WatchedStore prepared(int round) {
    add(
        replicate(),
        new TrialPrepared(
            round,
            Arm.TICKET,
            new TrialStart(ARTIFACT, ARTIFACT),
            density(round),
            EngineName.DL4J,
            now()));
    return this;
  }

  /** Prepares, trains and evaluates a ticket. */
  public WatchedStore evaluated(int round, double accuracyPercent) {
    prepared(round);
    add(
        replicate(),
        new TrialTrained(
            round, Arm.TICKET, new TrainedTrial(4000, ARTIFACT, ARTIFACT, "cpu:0", 9), now()));
    add(
        replicate(),
        new TrialEvaluated(
            round,
            Arm.TICKET,
            new TrialMetrics(1000, 0.3, 88, accuracyPercent, 0.4, accuracyPercent),
            now()));
    return this;
  }

  /** Sets the process metrics of later heartbeats. */
  public WatchedStore withMetrics(ProcessMetrics processMetrics) {
    metrics = processMetrics;
    return this;
  }

  /** Writes a heartbeat: the first device trains round 2, the second is idle. */
  public void heartbeat(int iteration, int iterations) throws IOException {
    Heartbeat.Training training =
        new Heartbeat.Training(
            campaign + "/1/2/ticket",
            iteration,
            iterations,
            Optional.of(2000.0),
            Optional.of(86.5));
    new HeartbeatFile(store)
        .write(
            new Heartbeat(
                ProcessHandle.current().pid(),
                now(),
                campaign,
                0.305,
                Optional.of(75L),
                List.of(
                    new Heartbeat.Slot("cpu:0", Optional.of(training), 5500),
                    new Heartbeat.Slot("cpu:1", Optional.empty(), 4000)),
                Optional.of(metrics)));
  }

  /** Releases the store's lock and leaves the heartbeat file, like a killed process. */
  public void kill() {
    lock.close();
  }

  /** The snapshot that a new monitor sees. */
  public StoreSnapshot snapshot() throws IOException {
    StoreLayout copy = new StoreLayout(store.root());
    if (!events.isEmpty()) {
      JournalWriter.begin(copy, Map.copyOf(events));
      events.clear();
    }
    try (StoreMonitor monitor = new StoreMonitor(copy, Clock.systemUTC())) {
      return monitor.poll();
    }
  }

  private String replicate() {
    return JournalId.replicate(new ReplicateId(campaign, 1));
  }

  private void add(String id, TombolaEvent event) {
    events.computeIfAbsent(id, none -> new ArrayList<>()).add(event);
  }

  private static MaskDensity density(int round) {
    long kept = Math.round(100_000 * Math.pow(0.8, round));
    return new MaskDensity(List.of(new MaskDensity.Layer("dense-1", kept, 100_000)));
  }

  // After the lock was acquired, as in a run.
  private static Instant now() {
    return Instant.now().plus(Duration.ofSeconds(1));
  }

  @Override
  public void close() {
    lock.close();
  }
}
