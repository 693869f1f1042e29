package io.tombola.deploy.metrics;

import io.tombola.deploy.live.Heartbeat;
import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The metrics of a process that come from its heartbeat.
 *
 * @param now the time of the scrape
 */
record ProcessSamples(Heartbeat heartbeat, Instant now) {

  Stream<Sample> samples() {
    double age = Math.max(0, Duration.between(heartbeat.at(), now).toMillis() / 1e3);
    return Stream.of(
            Stream.of(Metric.HEARTBEAT_AGE.of(age, heartbeat.campaign())),
            heartbeat.etaSeconds().stream()
                .map(seconds -> Metric.ETA.of(seconds, heartbeat.campaign())),
            heartbeat.slots().stream().flatMap(this::of),
            heartbeat.processMetrics().stream().flatMap(this::of))
        .flatMap(part -> part);
  }

  private Stream<Sample> of(Heartbeat.Slot slot) {
    double rate = slot.training().flatMap(Heartbeat.Training::iterationsPerSecond).orElse(0.0);
    return Stream.of(
        Metric.DEVICE_BUSY.of(
            slot.training().isPresent() ? 1 : 0, heartbeat.campaign(), slot.device()),
        Metric.ITERATION_RATE.of(rate, heartbeat.campaign(), slot.device()),
        Metric.ITERATIONS.of(slot.iterationsDone(), heartbeat.campaign(), slot.device()));
  }

  private Stream<Sample> of(ProcessMetrics metrics) {
    return Stream.of(
            Stream.of(
                Metric.TRIALS_WAITING.of(metrics.trialsWaiting(), heartbeat.campaign()),
                Metric.TRAINER_EXITS.of(metrics.trainersEnded(), heartbeat.campaign())),
            Arrays.stream(TrialFailure.Kind.values()).map(kind -> retries(metrics, kind)),
            of(metrics.journal()),
            metrics.publishing().stream().flatMap(this::of))
        .flatMap(part -> part);
  }

  /** Exports zeros too, so that rate() and increase() see the first retry. */
  private Sample retries(ProcessMetrics metrics, TrialFailure.Kind kind) {
    return Metric.RETRIES.of(
        metrics.retries().getOrDefault(kind, 0L),
        heartbeat.campaign(),
        kind.name().toLowerCase(Locale.ROOT));
  }

  private Stream<Sample> of(ProcessMetrics.Journal journal) {
    return Stream.concat(
        Stream.of(
            Metric.JOURNAL_WRITES.of(journal.writes(), heartbeat.campaign()),
            Metric.JOURNAL_EVENTS.of(journal.events(), heartbeat.campaign()),
            Metric.JOURNAL_WRITE_TIME.of(journal.seconds(), heartbeat.campaign())),
        journal.recent().stream().flatMap(this::of));
  }

  private Stream<Sample> of(ProcessMetrics.Recent recent) {
    return Stream.of(
        Metric.JOURNAL_WRITE_RECENT.of(recent.p50Seconds(), heartbeat.campaign(), "p50"),
        Metric.JOURNAL_WRITE_RECENT.of(recent.p99Seconds(), heartbeat.campaign(), "p99"),
        Metric.JOURNAL_WRITE_RECENT.of(recent.maxSeconds(), heartbeat.campaign(), "max"));
  }

  private Stream<Sample> of(ProcessMetrics.Publishing publishing) {
    return Stream.concat(
        Stream.of(
            Metric.PUBLISHED.of(publishing.published(), heartbeat.campaign()),
            Metric.PUBLISH_LAG.of(publishing.lagSeconds(), heartbeat.campaign()),
            Metric.PUBLISH_FAILURES.of(publishing.failures(), heartbeat.campaign())),
        publishing.pending().stream()
            .mapToObj(pending -> Metric.UNPUBLISHED.of(pending, heartbeat.campaign())));
  }
}
