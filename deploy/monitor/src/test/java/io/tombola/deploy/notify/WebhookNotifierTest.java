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
  void signsAsTheExampleOfStandardWebhooksIsSigned() {
    WebhookSecret secret = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"));
    assertThrows(IllegalArgumentException.class, () -> WebhookSecret.of("whsec_"));
    assertThrows(IllegalArgumentException.class, () -> WebhookSecret.of("whsec_no base64"));
    assertThrows(IllegalArgumentException.class, () -> WebhookSecret.of(""));
  }

  @Test
  void tellsOnceOfASilenceAndAgainOfTheNext() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    try (Receiver receiver = new Receiver(0);
        WebhookNotifier notifier =
            WebhookNotifier.start(store, "quiet", settings(receiver), Clock.systemUTC())) {
      Receiver.Received first = receiver.next();
      assertEquals("campaign.stuck", first.json().get("type").asText());
      assertEquals("quiet", first.json().get("data").get("campaign").asText());
      notifier.hear();
      Receiver.Received second = receiver.next();
      assertEquals("campaign.stuck", second.json().get("type").asText());
      assertEquals(false, first.id().equals(second.id()));
      assertEquals(0, receiver.left());
    }
  }

  @Test
  void aCampaignThatWaitsForItsUserIsNotStuck() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    AskedClock clock = new AskedClock();
    try (Receiver receiver = new Receiver(0);
        WebhookNotifier notifier =
            WebhookNotifier.start(store, "waiting", settings(receiver), clock)) {
      notifier.expectSilence();
      clock.passes(Duration.ofHours(5));
      // The second question is one about the new time.
      clock.awaitQuestions(2);
      notifier.hear();
      Instant heard = clock.instant();
      clock.passes(Duration.ofHours(1));
      Receiver.Received only = receiver.next();
      assertEquals(
          heard.plusSeconds(1).toString(), only.json().get("timestamp").asText(), only.body());
      assertEquals(0, receiver.left());
    }
  }

  /** Time that passes when it is told to; tells how often the notifier asked for it. */
  private static final class AskedClock extends Clock {

    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final Semaphore questions = new Semaphore(0);

    void passes(Duration time) {
      now.updateAndGet(before -> before.plus(time));
      questions.drainPermits();
    }

    void awaitQuestions(int count) throws InterruptedException {
      assertTrue(questions.tryAcquire(count, 1, TimeUnit.MINUTES), "it was not asked");
    }

    @Override
    public Instant instant() {
      if (Thread.currentThread().getName().equals("tombola-notifier")) {
        questions.release();
      }
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for local time");
    }
  }

  @Test
  void aRottenRecordOfWhatWasToldIsNamed() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    Files.writeString(store.told(), "{\"campaign|quiet\": 1");
    try (Receiver receiver = new Receiver(0)) {
      WebhookSettings settings = settings(receiver);
      DamagedStoreException found =
          assertThrows(
              DamagedStoreException.class,
              () -> WebhookNotifier.start(store, "quiet", settings, Clock.systemUTC()));
      assertTrue(found.getMessage().contains(store.told().toString()), found.getMessage());
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
