package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.deploy.live.LiveFile;
import io.tombola.deploy.live.LiveState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the store what this process does, about once a second, for those who watch from
 * elsewhere. A disk that takes nothing more stops nothing. Thread-safe.
 */
final class LiveReporter implements ProgressListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveReporter.class);
  private static final Duration USUAL = Duration.ofSeconds(1);
  private static final Duration AT_CHANGES = Duration.ofMillis(100);

  /** When and where a device took its training up. */
  private record Beginning(Instant at, int iteration) {}

  private final LiveFile file;
  private final CampaignLedger ledger;
  private final String campaign;
  private final Clock clock;
  private final WorkingTime time;
  private final Map<String, Beginning> beginnings = new HashMap<>();
  private Instant written = Instant.MIN;
  private boolean troubled;

  /**
   * Not heard of yet.
   *
   * @param ledger has heard all news before this does
   */
  LiveReporter(LiveFile file, CampaignLedger ledger, String campaign, Clock clock) {
    this.file = file;
    this.ledger = ledger;
    this.campaign = campaign;
    this.clock = clock;
    this.time = new WorkingTime(clock);
  }

  @Override
  public synchronized void on(Progress news) {
    Instant now = clock.instant();
    time.on(news);
    if (news instanceof Progress.TrainingBegan began) {
      beginnings.put(began.device(), new Beginning(now, began.iteration()));
    }
    Duration pause = news instanceof Progress.TrainingAdvanced ? USUAL : AT_CHANGES;
    // Nothing comes after a pause that would say that the devices are idle.
    if (news instanceof Progress.CampaignPaused || !now.isBefore(written.plus(pause))) {
      written = now;
      attempt(() -> file.write(state(now)));
    }
  }

  /** Takes back what it said. */
  @Override
  public synchronized void close() {
    attempt(file::remove);
  }

  private LiveState state(Instant now) {
    return new LiveState(
        ProcessHandle.current().pid(),
        now,
        campaign,
        ledger.fraction(),
        ledger.remaining(time.elapsed()).map(Duration::toSeconds),
        ledger.devices().entrySet().stream()
            .map(
                slot ->
                    new LiveState.Slot(
                        slot.getKey(),
                        slot.getValue().map(work -> training(slot.getKey(), work, now))))
            .toList());
  }

  private LiveState.Training training(String device, CampaignLedger.AtWork work, Instant now) {
    return new LiveState.Training(
        work.trial().toString(),
        work.iteration(),
        work.iterations(),
        Optional.ofNullable(beginnings.get(device)).flatMap(begin -> pace(begin, work, now)),
        work.accuracyPercent());
  }

  private static Optional<Double> pace(Beginning begin, CampaignLedger.AtWork work, Instant now) {
    double seconds = Duration.between(begin.at(), now).toNanos() / 1e9;
    int done = work.iteration() - begin.iteration();
    return done > 0 && seconds > 0 ? Optional.of(done / seconds) : Optional.empty();
  }

  private void attempt(Attempt writing) {
    try {
      writing.run();
      troubled = false;
    } catch (IOException e) {
      if (!troubled) {
        LOG.warn("cannot say what is going on: {}", e.toString());
      }
      troubled = true;
    }
  }

  /** What may fail for want of a place. */
  private interface Attempt {

    void run() throws IOException;
  }
}
