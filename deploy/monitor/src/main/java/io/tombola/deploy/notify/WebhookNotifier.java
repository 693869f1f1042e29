package io.tombola.deploy.notify;

import io.tombola.deploy.config.NotificationTrigger;
import io.tombola.deploy.config.WebhookSettings;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.retry.Backoff;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.view.CampaignView;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends webhook notifications about a campaign. It follows the journal and stores its offsets, so
 * that delivery is at least once: after a crash a notification may be sent again, with the same id.
 * Failed deliveries are retried with a backoff of up to a minute and never block a run.
 * Thread-safe; the caller closes it.
 */
public final class WebhookNotifier implements AutoCloseable {

  /** Both are read together: a campaign that resumes is not stuck since before its pause. */
  private record Activity(Instant lastProgress, boolean paused) {}

  private static final Logger LOG = LoggerFactory.getLogger(WebhookNotifier.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

  private final StoreLayout store;
  private final String campaign;
  private final WebhookSettings settings;
  private final Clock clock;
  private final Webhook webhook;
  private final NotificationRules rules;
  private final WebhookOffsets offsets;
  private final SortedMap<String, Long> positions;
  private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
  private final Thread thread = new Thread(this::run, "tombola-notifier");
  private volatile boolean closing;
  private volatile Activity activity;
  private Instant reportedStuckAt = Instant.MIN;

  private WebhookNotifier(
      StoreLayout store, String campaign, WebhookSettings settings, Clock clock) {
    this.store = store;
    this.campaign = campaign;
    this.settings = settings;
    this.clock = clock;
    webhook = new Webhook(settings, clock);
    rules = new NotificationRules(StoreId.of(store), campaign, this::isComplete);
    offsets = new WebhookOffsets(store);
    positions = offsets.read().orElseGet(this::currentOffsets);
    activity = new Activity(clock.instant(), false);
    thread.setDaemon(true);
  }

  /**
   * Starts the notifier; before the campaign starts, so that all its events are covered. Without
   * stored offsets, events that are in the store already cause no notification. The caller holds
   * the store's lock.
   */
  public static WebhookNotifier start(
      StoreLayout store, String campaign, WebhookSettings settings, Clock clock) {
    WebhookNotifier notifier = new WebhookNotifier(store, campaign, settings, clock);
    notifier.offsets.write(notifier.positions);
    notifier.thread.start();
    return notifier;
  }

  /** Records that the campaign makes progress. Returns at once. */
  public void recordProgress() {
    activity = new Activity(clock.instant(), false);
  }

  /** Records that the campaign is paused: it is not stuck until the next progress. */
  public void recordPause() {
    activity = new Activity(activity.lastProgress(), true);
  }

  /** Triggers a poll of the journal. Returns at once. */
  public void wake() {
    wakeUps.offer(true);
  }

  private SortedMap<String, Long> currentOffsets() {
    if (!JournalAddress.isKnownTo(store)) {
      return new TreeMap<>();
    }
    try (JournalReader journal = JournalReader.open(store)) {
      return journal.highestSequences();
    }
  }

  private void run() {
    int retries = 0;
    String failure = "";
    try {
      while (true) {
        boolean last = closing;
        try {
          sendNotifications();
          retries = 0;
          failure = "";
          if (last) {
            return;
          }
          wakeUps.poll(
              Collections.min(List.of(POLL_INTERVAL, settings.stuckAfter())).toMillis(),
              TimeUnit.MILLISECONDS);
        } catch (IOException e) {
          if (!failure.equals(e.toString())) {
            failure = e.toString();
            LOG.warn("cannot send a notification, retrying: {}", failure);
          }
          wakeUps.poll(BACKOFF.delay(retries++).toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      LOG.info("unsent notifications are sent when the campaign is next run", e);
    } catch (RuntimeException e) {
      LOG.error("notifications stopped", e);
    }
  }

  private void sendNotifications() throws IOException, InterruptedException {
    if (JournalAddress.isKnownTo(store)) {
      for (StoredEvent event : newEvents()) {
        Optional<Notification> notification = rules.of(event).filter(this::isConfigured);
        if (notification.isPresent()) {
          webhook.send(notification.get());
        }
        positions.put(event.id(), event.sequence());
        if (notification.isPresent()) {
          offsets.write(positions);
        }
      }
    }
    Activity current = activity;
    Instant last = current.lastProgress();
    boolean noProgress = last.plus(settings.stuckAfter()).isBefore(clock.instant());
    boolean stuck = noProgress && !closing && !current.paused();
    if (stuck
        && !last.equals(reportedStuckAt)
        && settings.triggers().contains(NotificationTrigger.STUCK)) {
      webhook.send(rules.stuck(last, settings.stuckAfter()));
      reportedStuckAt = last;
    }
  }

  private boolean isConfigured(Notification notification) {
    return settings.triggers().contains(notification.trigger());
  }

  /** The campaign's events after the offsets, those of the replicates first. */
  private List<StoredEvent> newEvents() {
    try (JournalReader journal = JournalReader.open(store)) {
      // What a log that lost its last events repeats was sent already.
      JournalCursor cursor = new JournalCursor(journal, positions, JournalCursor.Reset.LATEST);
      List<StoredEvent> events = cursor.poll(this::isOfCampaign).events();
      String own = JournalId.campaign(campaign);
      return Stream.concat(
              events.stream().filter(event -> !event.id().equals(own)),
              events.stream().filter(event -> event.id().equals(own)))
          .toList();
    }
  }

  private boolean isOfCampaign(String id) {
    return JournalId.ownerOf(id).filter(campaign::equals).isPresent();
  }

  private boolean isComplete() {
    try (JournalReader journal = JournalReader.open(store)) {
      return CampaignView.read(journal, campaign)
          .filter(view -> view.campaign().abandoned().isEmpty())
          .isPresent();
    }
  }

  /** Sends pending notifications for a few seconds; the next run sends the rest. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(SHUTDOWN_TIMEOUT.toMillis());
      thread.interrupt();
      thread.join(SHUTDOWN_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
