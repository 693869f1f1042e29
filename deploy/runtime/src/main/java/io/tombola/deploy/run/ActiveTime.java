package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long a process has worked on its campaign, pauses left out. Not thread-safe. */
final class ActiveTime {

  private final Clock clock;
  private Duration before = Duration.ZERO;
  private Instant since;
  private boolean paused;

  /** Begins now. */
  ActiveTime(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  void on(Progress news) {
    if (news instanceof Progress.CampaignPaused) {
      before = elapsed();
      paused = true;
    } else if (news instanceof Progress.CampaignResumed) {
      since = clock.instant();
      paused = false;
    }
  }

  Duration elapsed() {
    return paused ? before : before.plus(Duration.between(since, clock.instant()));
  }
}
