package io.tombola.deploy.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.config.NotificationTrigger;
import io.tombola.deploy.config.WebhookSecret;
import io.tombola.deploy.config.WebhookSettings;
import io.tombola.storage.DamagedStoreException;
import io.tombola.storage.StoreLayout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookNotifierTest {

  @TempDir Path root;

  @Test
  void signsTheExampleOfStandardWebhooks() {
    WebhookSecret secret = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"));
    assertThrows(IllegalArgumentException.class, () -> WebhookSecret.of("whsec_"));
    assertThrows(IllegalArgumentException.class, () -> WebhookSecret.of("whsec_no base64"));
    assertThrows(IllegalArgumentException.class, () -> WebhookSecret.of(""));
  }

  @Test
  void reportsEachStuckPeriodOnce() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    try (Receiver receiver = new Receiver(0);
        WebhookNotifier notifier =
            WebhookNotifier.start(store, "idle", settings(receiver), Clock.systemUTC())) {
      Receiver.Received first = receiver.next();
      assertEquals("campaign.stuck", first.json().get("type").asText());
      assertEquals("idle", first.json().get("data").get("campaign").asText());
      notifier.recordProgress();
      Receiver.Received second = receiver.next();
      assertEquals("campaign.stuck", second.json().get("type").asText());
      assertEquals(false, first.id().equals(second.id()));
      assertEquals(0, receiver.unread());
    }
  }

  @Test
  void aPausedCampaignIsNotStuck() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    CountingClock clock = new CountingClock();
    try (Receiver receiver = new Receiver(0);
        WebhookNotifier notifier =
            WebhookNotifier.start(store, "waiting", settings(receiver), clock)) {
      notifier.recordPause();
      clock.advance(Duration.ofHours(5));
      // The second read of the clock returns the new time.
      clock.awaitReads(2);
      notifier.recordProgress();
      Instant progress = clock.instant();
      clock.advance(Duration.ofHours(1));
      Receiver.Received only = receiver.next();
      assertEquals(
          progress.plusSeconds(1).toString(), only.json().get("timestamp").asText(), only.body());
      assertEquals(0, receiver.unread());
    }
  }

  /** A clock that a test advances, and that counts the notifier's reads. */
  private static final class CountingClock extends Clock {

    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final Semaphore reads = new Semaphore(0);

    void advance(Duration time) {
      now.updateAndGet(before -> before.plus(time));
      reads.drainPermits();
    }

    void awaitReads(int count) throws InterruptedException {
      assertTrue(reads.tryAcquire(count, 1, TimeUnit.MINUTES), "the clock was not read");
    }

    @Override
    public Instant instant() {
      if (Thread.currentThread().getName().equals("tombola-notifier")) {
        reads.release();
      }
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("no local time needed");
    }
  }

  @Test
  void aDamagedOffsetFileIsNamed() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    Files.writeString(store.webhookOffsets(), "{\"campaign|idle\": 1");
    try (Receiver receiver = new Receiver(0)) {
      WebhookSettings settings = settings(receiver);
      DamagedStoreException found =
          assertThrows(
              DamagedStoreException.class,
              () -> WebhookNotifier.start(store, "idle", settings, Clock.systemUTC()));
      assertTrue(
          found.getMessage().contains(store.webhookOffsets().toString()), found.getMessage());
    }
  }

  private static WebhookSettings settings(Receiver receiver) {
    return new WebhookSettings(
        URI.create(receiver.url()),
        WebhookSecret.of("hush"),
        Set.of(NotificationTrigger.STUCK),
        Duration.ofSeconds(1));
  }
}
