package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.publish.outbox.PublisherStatus;
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
 * Writes the heartbeat file about once per second, for status displays in other processes. A
 * failing write (a full disk) does not affect the run. Thread-safe; the caller closes it.
 */
final class HeartbeatWriter implements ProgressListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWriter.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration MIN_INTERVAL_AT_CHANGES = Duration.ofMillis(100);

  /** When and at which iteration a device started its training. */
  private record TrainingStart(Instant at, int iteration) {}

  private final HeartbeatFile file;
  private final CampaignEta eta;
  private final ProcessMetricsRecorder metrics;
  private final Clock clock;
  private final ActiveTime activeTime;
  private final Map<String, TrainingStart> starts = new HashMap<>();
  private Instant written = Instant.MIN;
  private final ScheduledExecutorService timer;
  private boolean failing;
  private boolean closed;

  /**
   * Starts the timer.
   *
   * @param eta receives each progress update before this writer does
   * @param publisher the publisher's status, if there is a publisher
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The task logs its own failure.
  HeartbeatWriter(
      HeartbeatFile file,
      CampaignEta eta,
      Supplier<Optional<PublisherStatus>> publisher,
      Clock clock) {
    this.file = file;
    this.eta = eta;
    this.metrics = new ProcessMetricsRecorder(publisher);
    this.clock = clock;
    this.activeTime = new ActiveTime(clock);
    this.timer = Executors.newSingleThreadScheduledExecutor(HeartbeatWriter::thread);
    timer.scheduleWithFixedDelay(
        this::writePeriodically, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Measures the latency of journal writes. */
  JournalListener journalListener() {
    return metrics.journalListener();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tombola-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void on(Progress progress) {
    activeTime.on(progress);
    metrics.on(progress);
    if (progress instanceof Progress.TrainingBegan began) {
      starts.put(began.device(), new TrainingStart(clock.instant(), began.iteration()));
    }
    write(progress instanceof Progress.TrainingAdvanced ? INTERVAL : MIN_INTERVAL_AT_CHANGES);
  }

  private void writePeriodically() {
    try {
      write(INTERVAL);
    } catch (RuntimeException e) {
      LOG.error("heartbeats stopped", e);
      throw e;
    }
  }

  /** Writes a heartbeat, unless the last one is younger than {@code minInterval}. */
  private synchronized void write(Duration minInterval) {
    Instant now = clock.instant();
    if (!closed && !now.isBefore(written.plus(minInterval))) {
      written = now;
      attempt(() -> file.write(heartbeat(now)));
    }
  }

  /** Stops the timer and deletes the heartbeat file. */
  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdown();
    attempt(file::remove);
  }

  private Heartbeat heartbeat(Instant now) {
    return new Heartbeat(
        ProcessHandle.current().pid(),
        now,
        eta.campaign(),
        eta.fraction(),
        eta.remaining(activeTime.elapsed()).map(Duration::toSeconds),
        eta.devices().entrySet().stream()
            .map(
                slot ->
                    new Heartbeat.Slot(
                        slot.getKey(),
                        slot.getValue().map(work -> training(slot.getKey(), work, now)),
                        eta.iterationsOn(slot.getKey())))
            .toList(),
        Optional.of(metrics.at(now)));
  }

  private Heartbeat.Training training(
      String device, CampaignEta.CurrentTraining work, Instant now) {
    return new Heartbeat.Training(
        work.trial().toString(),
        work.iteration(),
        work.iterations(),
        Optional.ofNullable(starts.get(device))
            .flatMap(start -> iterationsPerSecond(start, work, now)),
        work.accuracyPercent());
  }

  private static Optional<Double> iterationsPerSecond(
      TrainingStart start, CampaignEta.CurrentTraining work, Instant now) {
    double seconds = Duration.between(start.at(), now).toNanos() / 1e9;
    int done = work.iteration() - start.iteration();
    return done > 0 && seconds > 0 ? Optional.of(done / seconds) : Optional.empty();
  }

  private void attempt(FileOperation operation) {
    try {
      operation.run();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("cannot write the heartbeat file: {}", e.toString());
      }
      failing = true;
    }
  }

  @FunctionalInterface
  private interface FileOperation {

    void run() throws IOException;
  }
}
