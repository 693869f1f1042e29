package io.tombola.deploy.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.config.Occasion;
import io.tombola.deploy.config.WebhookSecret;
import io.tombola.deploy.config.WebhookSettings;
import io.tombola.storage.DamagedStoreException;
import io.tombola.storage.StoreLayout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {

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
        Notifier notifier = Notifier.start(store, "quiet", settings(receiver), Clock.systemUTC())) {
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
  void aRottenRecordOfWhatWasToldIsNamed() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    Files.writeString(store.told(), "{\"campaign|quiet\": 1");
    try (Receiver receiver = new Receiver(0)) {
      WebhookSettings settings = settings(receiver);
      DamagedStoreException found =
          assertThrows(
              DamagedStoreException.class,
              () -> Notifier.start(store, "quiet", settings, Clock.systemUTC()));
      assertTrue(found.getMessage().contains(store.told().toString()), found.getMessage());
    }
  }

  private static WebhookSettings settings(Receiver receiver) {
    return new WebhookSettings(
        URI.create(receiver.url()),
        WebhookSecret.of("hush"),
        Set.of(Occasion.STUCK),
        Duration.ofSeconds(1));
  }
}
