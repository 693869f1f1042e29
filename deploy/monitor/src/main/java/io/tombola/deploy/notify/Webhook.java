package io.tombola.deploy.notify;

import io.tombola.deploy.config.WebhookSettings;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** Sends notifications to a URL, signed according to Standard Webhooks 1.0. Thread-safe. */
final class Webhook {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int SUCCESS_CLASS = 2;

  private final WebhookSettings settings;
  private final Clock clock;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  Webhook(WebhookSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Sends a notification and waits for the response.
   *
   * @throws IOException if the receiver does not respond, or not with a status of 200 to 299
   */
  void send(Notification notification) throws IOException, InterruptedException {
    String body = Json.text(notification);
    long seconds = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(settings.url())
            .timeout(TIMEOUT)
            .header("content-type", "application/json")
            .header("webhook-id", notification.id())
            .header("webhook-timestamp", Long.toString(seconds))
            .header("webhook-signature", settings.secret().sign(notification.id(), seconds, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
    if (response.statusCode() / 100 != SUCCESS_CLASS) {
      throw new IOException("expected a status of 200 to 299, found " + response.statusCode());
    }
  }
}
