package io.tombola.deploy.live;

import java.util.Optional;

/** The command that resumes a campaign, for users. */
public final class NextCommandHint {

  private NextCommandHint() {}

  /** One line, without a full stop; empty if there is nothing to resume. */
  public static Optional<String> of(CampaignStatus status) {
    String resume = "'tombola resume " + status.campaign() + "'";
    String thenRun = resume + ", then the same 'tombola run' command";
    return switch (status.state()) {
      case INTERRUPTED -> Optional.of("not running; resume with the same 'tombola run' command");
      case PAUSED ->
          Optional.of(
              status.process().isPresent()
                  ? "resume with " + resume
                  : "not running; resume with " + thenRun);
      case CANCELLED -> Optional.of("resume with " + thenRun);
      case RUNNING, FINISHED, FAILED -> Optional.empty();
    };
  }
}
