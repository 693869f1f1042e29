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
 * What a process says of itself, as numbers.
 *
 * @param now when it is looked at
 */
record ProcessSamples(Heartbeat live, Instant now) {

  Stream<Sample> samples() {
    double age = Math.max(0, Duration.between(live.at(), now).toMillis() / 1e3);
    return Stream.of(
            Stream.of(Metric.WORD_AGE.of(age, live.campaign())),
            live.etaSeconds().stream().map(seconds -> Metric.ETA.of(seconds, live.campaign())),
            live.slots().stream().flatMap(this::of),
            live.vitals().stream().flatMap(this::of))
        .flatMap(part -> part);
  }

  private Stream<Sample> of(Heartbeat.Slot slot) {
    double pace = slot.training().flatMap(Heartbeat.Training::iterationsPerSecond).orElse(0.0);
    return Stream.of(
        Metric.BUSY.of(slot.training().isPresent() ? 1 : 0, live.campaign(), slot.device()),
        Metric.PACE.of(pace, live.campaign(), slot.device()),
        Metric.ITERATIONS.of(slot.iterationsDone(), live.campaign(), slot.device()));
  }

  private Stream<Sample> of(ProcessMetrics vitals) {
    return Stream.of(
            Stream.of(
                Metric.WAITING.of(vitals.trialsWaiting(), live.campaign()),
                Metric.TRAINERS_ENDED.of(vitals.trainersEnded(), live.campaign())),
            Arrays.stream(TrialFailure.Kind.values()).map(kind -> retries(vitals, kind)),
            of(vitals.journal()),
            vitals.publishing().stream().flatMap(this::of))
        .flatMap(part -> part);
  }

  /** Those that have not happened, too, so that the first one shows as a rise. */
  private Sample retries(ProcessMetrics vitals, TrialFailure.Kind kind) {
    return Metric.RETRIES.of(
        vitals.retries().getOrDefault(kind, 0L),
        live.campaign(),
        kind.name().toLowerCase(Locale.ROOT));
  }

  private Stream<Sample> of(ProcessMetrics.Journal journal) {
    return Stream.concat(
        Stream.of(
            Metric.JOURNAL_WRITES.of(journal.writes(), live.campaign()),
            Metric.JOURNAL_EVENTS.of(journal.events(), live.campaign()),
            Metric.JOURNAL_TIME.of(journal.seconds(), live.campaign())),
        journal.recent().stream().flatMap(this::of));
  }

  private Stream<Sample> of(ProcessMetrics.Recent recent) {
    return Stream.of(
        Metric.JOURNAL_RECENT.of(recent.p50Seconds(), live.campaign(), "p50"),
        Metric.JOURNAL_RECENT.of(recent.p99Seconds(), live.campaign(), "p99"),
        Metric.JOURNAL_RECENT.of(recent.maxSeconds(), live.campaign(), "max"));
  }

  private Stream<Sample> of(ProcessMetrics.Publishing publishing) {
    return Stream.concat(
        Stream.of(
            Metric.PUBLISHED.of(publishing.published(), live.campaign()),
            Metric.PUBLISH_LAG.of(publishing.lagSeconds(), live.campaign()),
            Metric.PUBLISH_FAILURES.of(publishing.failures(), live.campaign())),
        publishing.pending().stream()
            .mapToObj(pending -> Metric.UNPUBLISHED.of(pending, live.campaign())));
  }
}
