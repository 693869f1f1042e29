package io.tombola.deploy.notify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tombola.deploy.config.NotificationTrigger;
import java.time.Instant;
import java.util.Optional;

/**
 * The payload of a webhook.
 *
 * @param id the same for each delivery attempt
 * @param type such as {@code campaign.finished}
 * @param timestamp when it happened
 */
@JsonPropertyOrder({"type", "timestamp", "data"})
record Notification(
    @JsonIgnore String id,
    @JsonIgnore NotificationTrigger trigger,
    String type,
    Instant timestamp,
    Data data) {

  /**
   * The subject of a notification.
   *
   * @param message one readable line
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  @JsonPropertyOrder({"campaign", "replicate", "round", "arm", "message"})
  record Data(
      String campaign,
      Optional<Integer> replicate,
      Optional<Integer> round,
      Optional<String> arm,
      String message) {

    static Data of(String campaign, String message) {
      return new Data(campaign, Optional.empty(), Optional.empty(), Optional.empty(), message);
    }
  }
}
