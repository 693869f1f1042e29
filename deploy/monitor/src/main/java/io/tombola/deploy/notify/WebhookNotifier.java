package io.tombola.deploy.notify;

import io.tombola.deploy.config.NotificationTrigger;
import io.tombola.deploy.config.WebhookSettings;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.retry.Backoff;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.view.CampaignView;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells somebody what becomes of a campaign: follows its journal, so that a crash before the answer
 * means telling it again, with the same id, and none is left out. Whoever does not answer is asked
 * again, with pauses that grow to a minute; nothing waits for them. Thread-safe; whoever starts it
 * closes it.
 */
public final class WebhookNotifier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookNotifier.class);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int PAGE = 500;

  private final StoreLayout store;
  private final String campaign;
  private final WebhookSettings settings;
  private final Clock clock;
  private final Webhook webhook;
  private final NotificationRules notices;
  private final WebhookOffsets told;
  private final SortedMap<String, Long> positions;
  private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
  private final Thread thread = new Thread(this::run, "tombola-notifier");
  private volatile boolean closing;
  private volatile Instant heard;
  private volatile boolean silenceExpected;
  private Instant stuckToldOf = Instant.MIN;

  private WebhookNotifier(
      StoreLayout store, String campaign, WebhookSettings settings, Clock clock) {
    this.store = store;
    this.campaign = campaign;
    this.settings = settings;
    this.clock = clock;
    webhook = new Webhook(settings, clock);
    notices = new NotificationRules(StoreId.of(store), campaign, this::isWhole);
    told = new WebhookOffsets(store);
    positions = told.read().orElseGet(this::fromNowOn);
    heard = clock.instant();
    thread.setDaemon(true);
  }

  /**
   * Begins; before the campaign does, so that all of it is told of. What was in the store before
   * anybody was to be told is old news. The caller holds the store's lock.
   */
  public static WebhookNotifier start(
      StoreLayout store, String campaign, WebhookSettings settings, Clock clock) {
    WebhookNotifier notifier = new WebhookNotifier(store, campaign, settings, clock);
    notifier.told.write(notifier.positions);
    notifier.thread.start();
    return notifier;
  }

  /** Says that the campaign lives. Returns at once. */
  public void hear() {
    heard = clock.instant();
    silenceExpected = false;
  }

  /** Says that the campaign waits for its user: until it is heard again, it is not stuck. */
  public void expectSilence() {
    silenceExpected = true;
  }

  /** Says that the journal has something new. Returns at once. */
  public void wake() {
    bell.offer(true);
  }

  private SortedMap<String, Long> fromNowOn() {
    if (!JournalAddress.isKnownTo(store)) {
      return new TreeMap<>();
    }
    try (JournalReader journal = JournalReader.open(store)) {
      return journal.highestSequences();
    }
  }

  private void run() {
    int retries = 0;
    String trouble = "";
    try {
      while (true) {
        boolean last = closing;
        try {
          tell();
          retries = 0;
          trouble = "";
          if (last) {
            return;
          }
          bell.poll(
              Collections.min(List.of(LOOK, settings.stuckAfter())).toMillis(),
              TimeUnit.MILLISECONDS);
        } catch (IOException e) {
          if (!trouble.equals(e.toString())) {
            trouble = e.toString();
            LOG.warn("nobody could be told, and will be later: {}", trouble);
          }
          bell.poll(BACKOFF.delay(retries++).toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      LOG.info("what was not told will be, when the campaign is next run", e);
    } catch (RuntimeException e) {
      LOG.error("nobody is told any more", e);
    }
  }

  private void tell() throws IOException, InterruptedException {
    if (JournalAddress.isKnownTo(store)) {
      for (StoredEvent event : news()) {
        Optional<Notification> notice = notices.of(event).filter(this::isWanted);
        if (notice.isPresent()) {
          webhook.send(notice.get());
        }
        positions.put(event.id(), event.sequence());
        if (notice.isPresent()) {
          told.write(positions);
        }
      }
    }
    Instant last = heard;
    boolean silent = last.plus(settings.stuckAfter()).isBefore(clock.instant());
    boolean stuck = silent && !closing && !silenceExpected;
    if (stuck
        && !last.equals(stuckToldOf)
        && settings.occasions().contains(NotificationTrigger.STUCK)) {
      webhook.send(notices.stuck(last, settings.stuckAfter()));
      stuckToldOf = last;
    }
  }

  private boolean isWanted(Notification notice) {
    return settings.occasions().contains(notice.occasion());
  }

  /** What the campaign's logs hold that nobody was told of, the replicates' first. */
  private List<StoredEvent> news() {
    List<StoredEvent> news = new ArrayList<>();
    try (JournalReader journal = JournalReader.open(store)) {
      SortedMap<String, Long> highest = new TreeMap<>();
      journal.highestSequences().entrySet().stream()
          .filter(log -> isOfCampaign(log.getKey()))
          .forEach(log -> highest.put(log.getKey(), log.getValue()));
      String own = JournalId.campaign(campaign);
      highest.keySet().stream()
          .filter(id -> !id.equals(own))
          .forEach(id -> read(journal, id, highest.get(id), news));
      if (highest.containsKey(own)) {
        read(journal, own, highest.get(own), news);
      }
    }
    return news;
  }

  private void read(JournalReader journal, String id, long last, List<StoredEvent> news) {
    // A log that lost its end tells again what it comes to again.
    long done = Math.min(last, positions.getOrDefault(id, 0L));
    while (done < last) {
      List<StoredEvent> page = journal.read(id, done + 1, (int) Math.min(PAGE, last - done));
      news.addAll(page);
      done += page.size();
    }
  }

  private boolean isOfCampaign(String id) {
    return JournalId.campaignOf(id)
        .or(() -> JournalId.replicateOf(id).map(ReplicateId::campaign))
        .filter(campaign::equals)
        .isPresent();
  }

  private boolean isWhole() {
    try (JournalReader journal = JournalReader.open(store)) {
      return CampaignView.read(journal, campaign)
          .filter(view -> view.campaign().abandoned().isEmpty())
          .isPresent();
    }
  }

  /** Tells what is still to be told, for some seconds; the rest is told by the next run. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(GRACE.toMillis());
      thread.interrupt();
      thread.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
