package io.tombola.deploy.live;

import java.util.Optional;

/** What a user types to have a campaign go on. */
public final class NextCommandHint {

  private NextCommandHint() {}

  /** One line, without a full stop; empty while there is nothing to do. */
  public static Optional<String> of(CampaignStatus status) {
    String resume = "'tombola resume " + status.campaign() + "'";
    return switch (status.state()) {
      case INTERRUPTED -> Optional.of("nobody works on it; the same 'tombola run' again goes on");
      case PAUSED ->
          Optional.of(
              status.process().isPresent()
                  ? resume + " goes on"
                  : "nobody works on it; " + resume + " and the same 'tombola run' again go on");
      case CANCELLED ->
          Optional.of(resume + " takes that back, and the same 'tombola run' again goes on");
      case RUNNING, FINISHED, FAILED -> Optional.empty();
    };
  }
}
