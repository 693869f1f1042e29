package io.tombola.deploy.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.deploy.config.WebhookSettings;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** Sends notices to a web address, signed as Standard Webhooks 1.0 has it. Thread-safe. */
final class Webhook {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SUCCESS = 2;

  private final WebhookSettings settings;
  private final Clock clock;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Webhook(WebhookSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Sends a notice and waits until it is taken.
   *
   * @throws IOException if nobody is there, or they do not take it
   */
  void send(Notification notice) throws IOException, InterruptedException {
    String body = body(notice);
    long seconds = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(settings.url())
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .header("webhook-id", notice.id())
            .header("webhook-timestamp", Long.toString(seconds))
            .header("webhook-signature", settings.secret().sign(notice.id(), seconds, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
    if (response.statusCode() / 100 != SUCCESS) {
      throw new IOException("expected an answer of 200 to 299, found " + response.statusCode());
    }
  }

  private static String body(Notification notice) {
    try {
      return Json.MAPPER.writeValueAsString(notice);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a notice is plain data", e);
    }
  }
}
