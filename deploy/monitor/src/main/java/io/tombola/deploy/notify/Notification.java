package io.tombola.deploy.notify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tombola.deploy.config.NotificationTrigger;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody is told.
 *
 * @param id the same each time it is sent
 * @param type such as {@code campaign.finished}
 * @param timestamp when it happened
 */
@JsonPropertyOrder({"type", "timestamp", "data"})
record Notification(
    @JsonIgnore String id,
    @JsonIgnore NotificationTrigger occasion,
    String type,
    Instant timestamp,
    Data data) {

  /**
   * What it is about.
   *
   * @param message one line for people
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
