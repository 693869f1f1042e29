package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.publish.PublisherStatus;
import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.JournalListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts how this process fares, for those who watch it. Thread-safe. */
final class ProcessMetricsRecorder implements ProgressListener {

  private final Supplier<Optional<PublisherStatus>> publisher;
  private final JournalLatency writes = new JournalLatency(System::nanoTime);
  private final SortedMap<TrialFailure.Kind, Long> retries = new TreeMap<>();
  private int trialsWaiting;
  private long trainersEnded;

  /**
   * Nothing counted yet.
   *
   * @param publisher how far it is, if there is one; asked at each look
   */
  ProcessMetricsRecorder(Supplier<Optional<PublisherStatus>> publisher) {
    this.publisher = publisher;
  }

  /** What is to hear of writes to the journal. */
  JournalListener journal() {
    return writes;
  }

  @Override
  public synchronized void on(Progress news) {
    if (news instanceof Progress.TrialsWaiting waiting) {
      trialsWaiting = waiting.trials();
    } else if (news instanceof Progress.Retrying retry) {
      retries.merge(retry.failure().kind(), 1L, Long::sum);
    } else if (news instanceof Progress.TrainerEnded) {
      trainersEnded++;
    }
  }

  /** How it fares at {@code now}. */
  synchronized ProcessMetrics at(Instant now) {
    return new ProcessMetrics(
        trialsWaiting,
        new TreeMap<>(retries),
        trainersEnded,
        writes.sum(),
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
