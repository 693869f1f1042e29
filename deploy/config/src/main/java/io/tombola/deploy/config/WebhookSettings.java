package io.tombola.deploy.config;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Whom to tell of what.
 *
 * @param url where to
 * @param secret what it is signed with
 * @param occasions what of
 * @param stuckAfter how long nothing is heard of a campaign that is stuck
 */
public record WebhookSettings(
    URI url, WebhookSecret secret, Set<NotificationTrigger> occasions, Duration stuckAfter) {

  /** Keeps a copy. */
  public WebhookSettings {
    occasions = Set.copyOf(occasions);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "WebhookSettings[%s, %s, %s]".formatted(url.getHost(), occasions, stuckAfter);
  }
}
