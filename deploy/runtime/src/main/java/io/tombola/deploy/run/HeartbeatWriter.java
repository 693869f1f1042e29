package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.publish.PublisherStatus;
import io.tombola.deploy.live.Heartbeat;
import io.tombola.deploy.live.HeartbeatFile;
import io.tombola.storage.JournalListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the store what this process does, about once a second and also while nothing happens, for
 * those who watch from elsewhere. A disk that takes nothing more stops nothing. Thread-safe; the
 * caller closes it.
 */
final class HeartbeatWriter implements ProgressListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWriter.class);
  private static final Duration USUAL = Duration.ofSeconds(1);
  private static final Duration AT_CHANGES = Duration.ofMillis(100);

  /** When and where a device took its training up. */
  private record Beginning(Instant at, int iteration) {}

  private final HeartbeatFile file;
  private final CampaignEta ledger;
  private final ProcessMetricsRecorder signs;
  private final Clock clock;
  private final ActiveTime time;
  private final Map<String, Beginning> beginnings = new HashMap<>();
  private Instant written = Instant.MIN;
  private final ScheduledExecutorService pulse;
  private boolean troubled;
  private boolean closed;

  /**
   * Not heard of yet.
   *
   * @param ledger has heard all news before this does
   * @param publisher how far it is, if there is one
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The pulse reports its own failure.
  HeartbeatWriter(
      HeartbeatFile file,
      CampaignEta ledger,
      Supplier<Optional<PublisherStatus>> publisher,
      Clock clock) {
    this.file = file;
    this.ledger = ledger;
    this.signs = new ProcessMetricsRecorder(publisher);
    this.clock = clock;
    this.time = new ActiveTime(clock);
    this.pulse = Executors.newSingleThreadScheduledExecutor(HeartbeatWriter::thread);
    pulse.scheduleWithFixedDelay(
        this::beat, USUAL.toMillis(), USUAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is to hear of writes to the journal. */
  JournalListener journal() {
    return signs.journal();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tombola-live");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void on(Progress news) {
    time.on(news);
    signs.on(news);
    if (news instanceof Progress.TrainingBegan began) {
      beginnings.put(began.device(), new Beginning(clock.instant(), began.iteration()));
    }
    say(news instanceof Progress.TrainingAdvanced ? USUAL : AT_CHANGES);
  }

  private void beat() {
    try {
      say(USUAL);
    } catch (RuntimeException e) {
      LOG.error("says no more what is going on", e);
      throw e;
    }
  }

  /** Says it, unless it was said within the last {@code pause}. */
  private synchronized void say(Duration pause) {
    Instant now = clock.instant();
    if (!closed && !now.isBefore(written.plus(pause))) {
      written = now;
      attempt(() -> file.write(state(now)));
    }
  }

  /** Takes back what it said. */
  @Override
  public synchronized void close() {
    closed = true;
    pulse.shutdown();
    attempt(file::remove);
  }

  private Heartbeat state(Instant now) {
    return new Heartbeat(
        ProcessHandle.current().pid(),
        now,
        ledger.campaign(),
        ledger.fraction(),
        ledger.remaining(time.elapsed()).map(Duration::toSeconds),
        ledger.devices().entrySet().stream()
            .map(
                slot ->
                    new Heartbeat.Slot(
                        slot.getKey(),
                        slot.getValue().map(work -> training(slot.getKey(), work, now)),
                        ledger.iterationsOn(slot.getKey())))
            .toList(),
        Optional.of(signs.at(now)));
  }

  private Heartbeat.Training training(String device, CampaignEta.AtWork work, Instant now) {
    return new Heartbeat.Training(
        work.trial().toString(),
        work.iteration(),
        work.iterations(),
        Optional.ofNullable(beginnings.get(device)).flatMap(begin -> pace(begin, work, now)),
        work.accuracyPercent());
  }

  private static Optional<Double> pace(Beginning begin, CampaignEta.AtWork work, Instant now) {
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
