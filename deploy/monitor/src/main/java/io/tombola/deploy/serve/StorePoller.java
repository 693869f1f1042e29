package io.tombola.deploy.serve;

import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.StoreMonitor;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.view.CampaignView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Polls the store every 500 ms; all requests are served from the last poll. Waits for a store that
 * does not exist yet, and retries one that cannot be read. Thread-safe; the caller closes it.
 */
final class StorePoller implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final StoreLayout store;
  private final Clock clock;
  private final Consumer<String> warnings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Threads.named("poller"));

  // Confined to the poller's thread.
  private final Map<String, CampaignEventLog> logs = new HashMap<>();
  private Optional<StoreMonitor> monitor = Optional.empty();
  private Optional<Object> journalIdentity = Optional.empty();

  private Optional<Future<?>> polling = Optional.empty();
  private volatile StoreVersion current;
  private volatile CompletableFuture<Void> nextPoll = new CompletableFuture<>();
  private volatile boolean closed;

  private StorePoller(StoreLayout store, Clock clock, Consumer<String> warnings) {
    this.store = store;
    this.clock = clock;
    this.warnings = warnings;
    this.current = version(0, emptySnapshot(), new TreeMap<>());
  }

  /**
   * Polls once and then periodically.
   *
   * @param warnings receives why a poll failed, once for each cause
   */
  static StorePoller open(StoreLayout store, Clock clock, Consumer<String> warnings) {
    StorePoller poller = new StorePoller(store, clock, warnings);
    poller.pollOnce();
    poller.polling =
        Optional.of(
            poller.thread.scheduleWithFixedDelay(
                poller::pollOnce,
                POLL_INTERVAL.toMillis(),
                POLL_INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS));
    return poller;
  }

  /** The store as of the last poll. */
  StoreVersion current() {
    return current;
  }

  /** Completes after the next poll. */
  CompletionStage<Void> nextPoll() {
    return nextPoll.minimalCompletionStage();
  }

  boolean isClosed() {
    return closed;
  }

  private void pollOnce() {
    try {
      poll();
    } catch (IOException | RuntimeException e) {
      recordFailure(e);
    }
    CompletableFuture<Void> completed = nextPoll;
    nextPoll = new CompletableFuture<>();
    completed.complete(null);
  }

  private void poll() throws IOException {
    Optional<StoreMonitor> open = monitor();
    Instant at = clock.instant();
    if (open.isEmpty()) {
      logs.clear();
      publish(emptySnapshot(), new TreeMap<>(), at);
      return;
    }
    StoreSnapshot snapshot = open.get().poll();
    Map<String, List<StoredEvent>> newEvents =
        open.get().newEvents().stream().collect(Collectors.groupingBy(StorePoller::campaignOf));
    Map<String, CampaignView> views =
        open.get().views().stream().collect(Collectors.toMap(CampaignView::name, view -> view));
    SortedMap<String, CampaignVersion> campaigns = new TreeMap<>();
    for (CampaignSnapshot campaign : snapshot.campaigns()) {
      String name = campaign.status().campaign();
      campaigns.put(
          name,
          version(
              campaign,
              Objects.requireNonNull(views.get(name)),
              newEvents.getOrDefault(name, List.of()),
              at));
    }
    logs.keySet().retainAll(campaigns.keySet());
    publish(snapshot, campaigns, at);
  }

  private CampaignVersion version(
      CampaignSnapshot snapshot, CampaignView view, List<StoredEvent> newEvents, Instant at) {
    CampaignEventLog log = logs.computeIfAbsent(view.name(), none -> new CampaignEventLog());
    if (!newEvents.isEmpty()) {
      log.add(newEvents, CampaignVersion.byTrial(snapshot.results()));
    }
    CampaignVersion latest =
        CampaignVersion.of(snapshot, view, log.throttle(snapshot.live(), at), log);
    return current.campaign(view.name()).filter(known -> !latest.differsFrom(known)).orElse(latest);
  }

  private void publish(
      StoreSnapshot snapshot, SortedMap<String, CampaignVersion> campaigns, Instant at) {
    boolean unchanged = areSame(campaigns, current.campaigns());
    current =
        unchanged ? current.polledAgain(at) : version(current.version() + 1, snapshot, campaigns);
  }

  /** An unchanged campaign is represented by the same object as before. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean areSame(
      Map<String, CampaignVersion> campaigns, Map<String, CampaignVersion> before) {
    return campaigns.keySet().equals(before.keySet())
        && campaigns.entrySet().stream().allMatch(c -> c.getValue() == before.get(c.getKey()));
  }

  private static StoreVersion version(
      long number, StoreSnapshot snapshot, SortedMap<String, CampaignVersion> campaigns) {
    return new StoreVersion(
        number,
        snapshot.at(),
        snapshot,
        campaigns,
        new MemoizedSupplier<>(() -> Json.text(snapshot)),
        Optional.empty());
  }

  private StoreSnapshot emptySnapshot() {
    return new StoreSnapshot(store.root().toString(), clock.instant(), List.of());
  }

  private void recordFailure(Exception e) {
    String line = ExceptionMessage.firstLineOf(e);
    if (!current.failure().equals(Optional.of(line))) {
      warnings.accept("cannot read the store, retrying: " + line);
    }
    current = current.withFailure(line);
    // After an outage a database needs a new connection.
    closeMonitor();
  }

  /** A monitor of the journal that exists now; empty if there is none. */
  private Optional<StoreMonitor> monitor() throws IOException {
    Optional<Object> identity = identity(store.journal());
    if (monitor.isPresent() && !identity.equals(journalIdentity)) {
      closeMonitor();
    }
    if (monitor.isEmpty()) {
      try {
        monitor = Optional.of(new StoreMonitor(store, clock));
        journalIdentity = identity;
      } catch (NoStoreException e) {
        return Optional.empty();
      }
    }
    return monitor;
  }

  private void closeMonitor() {
    monitor.ifPresent(StoreMonitor::close);
    monitor = Optional.empty();
  }

  /** Distinguishes a file from another one that replaced it. */
  private static Optional<Object> identity(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
        : Optional.empty();
  }

  private static String campaignOf(StoredEvent event) {
    return JournalId.ownerOf(event.id()).orElseThrow();
  }

  /** Polls once more, so that stream clients receive the final events. */
  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    polling.ifPresent(future -> future.cancel(false));
    thread.execute(
        () -> {
          pollOnce();
          closed = true;
          closeMonitor();
          nextPoll.complete(null);
        });
    thread.shutdown();
  }
}
