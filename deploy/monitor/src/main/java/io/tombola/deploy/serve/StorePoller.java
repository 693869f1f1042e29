package io.tombola.deploy.serve;

import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.StoreMonitor;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
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
 * Looks at the store twice a second, once for all who are served. A store that is not there yet is
 * waited for, and one that cannot be read is tried again. Thread-safe; whoever opens it closes it.
 */
final class StorePoller implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final StoreLayout store;
  private final Clock clock;
  private final Consumer<String> remarks;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Threads.named("lookout"));

  // Of the lookout's thread alone.
  private final Map<String, CampaignEventLog> logs = new HashMap<>();
  private Optional<StoreMonitor> watch = Optional.empty();
  private Optional<Object> watched = Optional.empty();

  private Optional<Future<?>> looking = Optional.empty();
  private volatile StoreVersion now;
  private volatile CompletableFuture<Void> next = new CompletableFuture<>();
  private volatile boolean closed;

  private StorePoller(StoreLayout store, Clock clock, Consumer<String> remarks) {
    this.store = store;
    this.clock = clock;
    this.remarks = remarks;
    this.now = moment(0, nothing(), new TreeMap<>());
  }

  /**
   * Has looked once, and goes on.
   *
   * @param remarks is told what keeps it from looking, once for each trouble
   */
  static StorePoller open(StoreLayout store, Clock clock, Consumer<String> remarks) {
    StorePoller lookout = new StorePoller(store, clock, remarks);
    lookout.lookAgain();
    lookout.looking =
        Optional.of(
            lookout.thread.scheduleWithFixedDelay(
                lookout::lookAgain, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    return lookout;
  }

  /** How the store is, as last seen. */
  StoreVersion now() {
    return now;
  }

  /** Completes when it has looked again. */
  CompletionStage<Void> next() {
    return next.minimalCompletionStage();
  }

  boolean isClosed() {
    return closed;
  }

  private void lookAgain() {
    try {
      look();
    } catch (IOException | RuntimeException e) {
      trouble(e);
    }
    CompletableFuture<Void> waited = next;
    next = new CompletableFuture<>();
    waited.complete(null);
  }

  private void look() throws IOException {
    Optional<StoreMonitor> open = watch();
    Instant at = clock.instant();
    if (open.isEmpty()) {
      logs.clear();
      settle(nothing(), new TreeMap<>(), at);
      return;
    }
    StoreSnapshot seen = open.get().look();
    Map<String, List<StoredEvent>> news =
        open.get().news().stream().collect(Collectors.groupingBy(StorePoller::campaignOf));
    Map<String, CampaignView> views =
        open.get().views().stream().collect(Collectors.toMap(CampaignView::name, view -> view));
    SortedMap<String, CampaignVersion> campaigns = new TreeMap<>();
    for (CampaignSnapshot campaign : seen.campaigns()) {
      String name = campaign.status().campaign();
      campaigns.put(
          name, moment(campaign, views.get(name), news.getOrDefault(name, List.of()), at));
    }
    logs.keySet().retainAll(campaigns.keySet());
    settle(seen, campaigns, at);
  }

  private CampaignVersion moment(
      CampaignSnapshot seen, CampaignView view, List<StoredEvent> news, Instant at) {
    CampaignEventLog log = logs.computeIfAbsent(view.name(), none -> new CampaignEventLog());
    if (!news.isEmpty()) {
      log.take(news, CampaignVersion.byTrial(seen.results()));
    }
    CampaignVersion fresh = CampaignVersion.of(seen, view, log.pace(seen.live(), at), log);
    return now.campaign(view.name()).filter(known -> !fresh.differsFrom(known)).orElse(fresh);
  }

  private void settle(
      StoreSnapshot seen, SortedMap<String, CampaignVersion> campaigns, Instant at) {
    boolean same = isSame(campaigns, now.campaigns());
    now = same ? now.seenAgain(at) : moment(now.version() + 1, seen, campaigns);
  }

  /** What did not change is the very same object as before. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(
      Map<String, CampaignVersion> campaigns, Map<String, CampaignVersion> before) {
    return campaigns.keySet().equals(before.keySet())
        && campaigns.entrySet().stream().allMatch(c -> c.getValue() == before.get(c.getKey()));
  }

  private static StoreVersion moment(
      long version, StoreSnapshot seen, SortedMap<String, CampaignVersion> campaigns) {
    return new StoreVersion(
        version, seen.at(), seen, campaigns, new Lazy<>(() -> JsonText.of(seen)), Optional.empty());
  }

  private StoreSnapshot nothing() {
    return new StoreSnapshot(store.root().toString(), clock.instant(), List.of());
  }

  private void trouble(Exception e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (!now.trouble().equals(Optional.of(line))) {
      remarks.accept("cannot read the store, and goes on trying: " + line);
    }
    now = now.troubledBy(line);
    // A database that was away takes a new connection.
    closeWatch();
  }

  /** Whoever watches the journal that is there now; nobody if there is none. */
  private Optional<StoreMonitor> watch() throws IOException {
    Optional<Object> present = identity(store.journal());
    if (watch.isPresent() && !present.equals(watched)) {
      closeWatch();
    }
    if (watch.isEmpty()) {
      try {
        watch = Optional.of(new StoreMonitor(store, clock));
        watched = present;
      } catch (NoStoreException e) {
        return Optional.empty();
      }
    }
    return watch;
  }

  private void closeWatch() {
    watch.ifPresent(StoreMonitor::close);
    watch = Optional.empty();
  }

  /** Tells a file from another that took its place. */
  private static Optional<Object> identity(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
        : Optional.empty();
  }

  private static String campaignOf(StoredEvent event) {
    return JournalId.campaignOf(event.id())
        .or(() -> JournalId.replicateOf(event.id()).map(ReplicateId::campaign))
        .orElseThrow();
  }

  /** Looks once more, so that whoever follows hears the end. */
  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    looking.ifPresent(future -> future.cancel(false));
    thread.execute(
        () -> {
          lookAgain();
          closed = true;
          closeWatch();
          next.complete(null);
        });
    thread.shutdown();
  }
}
