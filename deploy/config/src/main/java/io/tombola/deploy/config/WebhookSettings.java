package io.tombola.deploy.config;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where messages about a campaign are sent, and for what.
 *
 * @param url receives the messages
 * @param secret signs them
 * @param triggers what messages are sent for
 * @param stuckAfter a campaign without progress for so long is stuck
 */
public record WebhookSettings(
    URI url, WebhookSecret secret, Set<NotificationTrigger> triggers, Duration stuckAfter) {

  /** Keeps a copy. */
  public WebhookSettings {
    triggers = Set.copyOf(triggers);
  }

  /** Without anything that may be secret. */
  @Override
  public String toString() {
    return "WebhookSettings[%s, %s, %s]".formatted(url.getHost(), triggers, stuckAfter);
  }
}
