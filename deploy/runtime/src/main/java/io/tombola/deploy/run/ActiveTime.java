package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Measures how long a process has run its campaign, without pauses. Not thread-safe. */
final class ActiveTime {

  private final Clock clock;
  private Duration elapsedBeforePause = Duration.ZERO;
  private Instant since;
  private boolean paused;

  /** Starts now. */
  ActiveTime(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  void on(Progress progress) {
    if (progress instanceof Progress.CampaignPaused) {
      elapsedBeforePause = elapsed();
      paused = true;
    } else if (progress instanceof Progress.CampaignResumed) {
      since = clock.instant();
      paused = false;
    }
  }

  Duration elapsed() {
    return paused
        ? elapsedBeforePause
        : elapsedBeforePause.plus(Duration.between(since, clock.instant()));
  }
}
