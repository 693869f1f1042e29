package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.publish.outbox.PublisherStatus;
import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.JournalListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Records the metrics of this process for its heartbeats. Thread-safe. */
final class ProcessMetricsRecorder implements ProgressListener {

  private final Supplier<Optional<PublisherStatus>> publisher;
  private final JournalLatency journalLatency = new JournalLatency(System::nanoTime);
  private final SortedMap<TrialFailure.Kind, Long> retries = new TreeMap<>();
  private int trialsWaiting;
  private long trainersEnded;

  /**
   * Starts with zero counts.
   *
   * @param publisher the publisher's status, if there is a publisher; read at each heartbeat
   */
  ProcessMetricsRecorder(Supplier<Optional<PublisherStatus>> publisher) {
    this.publisher = publisher;
  }

  /** Measures the latency of journal writes. */
  JournalListener journalListener() {
    return journalLatency;
  }

  @Override
  public synchronized void on(Progress progress) {
    if (progress instanceof Progress.TrialsWaiting waiting) {
      trialsWaiting = waiting.trials();
    } else if (progress instanceof Progress.Retrying retry) {
      retries.merge(retry.failure().kind(), 1L, Long::sum);
    } else if (progress instanceof Progress.TrainerEnded) {
      trainersEnded++;
    }
  }

  /** The metrics at {@code now}. */
  synchronized ProcessMetrics at(Instant now) {
    return new ProcessMetrics(
        trialsWaiting,
        new TreeMap<>(retries),
        trainersEnded,
        journalLatency.snapshot(),
        publisher.get().map(status -> publishing(status, now)));
  }

  private static ProcessMetrics.Publishing publishing(PublisherStatus status, Instant now) {
    double lag =
        status
            .waitingSince()
            .map(since -> Math.max(0, Duration.between(since, now).toMillis() / 1e3))
            .orElse(0.0);
    return new ProcessMetrics.Publishing(
        status.published(), status.pending(), lag, status.failures());
  }
}
