package io.tombola.deploy.metrics;

import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is measured. Numbers of a process are counted from its start, and are there while it works
 * on the campaign; the others come from the journal.
 */
enum Metric {
  CAMPAIGNS("tombola.campaigns", Kind.GAUGE, "", "Campaigns in the store"),
  CAMPAIGN(
      "tombola.campaign.info",
      Kind.GAUGE,
      "",
      "1, with what the campaign trains",
      "campaign",
      "network",
      "dataset",
      "seed"),
  STATE(
      "tombola.campaign.state",
      Kind.GAUGE,
      "",
      "1 for the state that the campaign is in, 0 for the others",
      "campaign",
      "state"),
  DONE("tombola.campaign.done", Kind.GAUGE, "ratio", "Part of the campaign done", "campaign"),
  ETA(
      "tombola.campaign.eta",
      Kind.GAUGE,
      "seconds",
      "Time until the campaign's end at the pace of its process",
      "campaign"),
  REPLICATES("tombola.replicates", Kind.GAUGE, "", "Replicates of the campaign", "campaign"),
  TRIALS("tombola.trials", Kind.GAUGE, "", "Trials planned", "campaign", "replicate"),
  TRIALS_ENDED(
      "tombola.trials.ended",
      Kind.GAUGE,
      "",
      "Trials that ended, with a result or without",
      "campaign",
      "replicate"),
  TRIALS_FAILED(
      "tombola.trials.failed",
      Kind.GAUGE,
      "",
      "Trials that ended without a result",
      "campaign",
      "replicate"),
  ROUNDS(
      "tombola.rounds",
      Kind.GAUGE,
      "",
      "Rounds planned, the dense one among them",
      "campaign",
      "replicate"),
  ROUNDS_ENDED(
      "tombola.rounds.ended",
      Kind.GAUGE,
      "",
      "Rounds whose ticket has a result",
      "campaign",
      "replicate"),
  TEST_ACCURACY(
      "tombola.test.accuracy",
      Kind.GAUGE,
      "ratio",
      "Test accuracy at early stop, in the newest round in which the arm has a result",
      "campaign",
      "replicate",
      "arm"),
  REMAINING(
      "tombola.remaining.weights",
      Kind.GAUGE,
      "ratio",
      "Part of the weights that remain in that round",
      "campaign",
      "replicate",
      "arm"),
  UTILISATION(
      "tombola.device.utilisation",
      Kind.GAUGE,
      "ratio",
      "Part of the time in which a trial could have run on the device that it computed",
      "campaign",
      "device"),
  UP(
      "tombola.process.up",
      Kind.GAUGE,
      "",
      "1 while a process works on the campaign, else 0",
      "campaign"),
  WORD_AGE(
      "tombola.process.word.age",
      Kind.GAUGE,
      "seconds",
      "Time since the process last said what it does",
      "campaign"),
  BUSY(
      "tombola.device.busy",
      Kind.GAUGE,
      "",
      "1 while the device has a training, else 0",
      "campaign",
      "device"),
  ITERATIONS("tombola.iterations", Kind.COUNTER, "", "Iterations trained", "campaign", "device"),
  PACE(
      "tombola.device.iterations.per.second",
      Kind.GAUGE,
      "",
      "Iterations a second of the device's training since it was taken up, measuring included",
      "campaign",
      "device"),
  WAITING("tombola.trials.waiting", Kind.GAUGE, "", "Trials that wait for a device", "campaign"),
  RETRIES(
      "tombola.retries",
      Kind.COUNTER,
      "",
      "Steps that failed and are done again, by the kind of failure",
      "campaign",
      "kind"),
  TRAINERS_ENDED(
      "tombola.trainer.deaths",
      Kind.COUNTER,
      "",
      "Trainer processes that ended before their time",
      "campaign"),
  JOURNAL_WRITES("tombola.journal.writes", Kind.COUNTER, "", "Writes to the journal", "campaign"),
  JOURNAL_EVENTS("tombola.journal.events", Kind.COUNTER, "", "Events written", "campaign"),
  JOURNAL_TIME(
      "tombola.journal.write",
      Kind.COUNTER,
      "seconds",
      "Time that all writes took until they were on the disk",
      "campaign"),
  JOURNAL_RECENT(
      "tombola.journal.write.recent",
      Kind.GAUGE,
      "seconds",
      "Time that writes of the last minute took: the median, the 99th percentile, the longest",
      "campaign",
      "statistic"),
  PUBLISHED(
      "tombola.published.results", Kind.COUNTER, "", "Results published to Kafka", "campaign"),
  UNPUBLISHED(
      "tombola.unpublished.results",
      Kind.GAUGE,
      "",
      "Results that wait to be published, as far as is known",
      "campaign"),
  PUBLISH_LAG(
      "tombola.publish.lag",
      Kind.GAUGE,
      "seconds",
      "Time that the oldest unpublished result has waited",
      "campaign"),
  PUBLISH_FAILURES(
      "tombola.publish.failures", Kind.COUNTER, "", "Deliveries to Kafka that failed", "campaign");

  /** Whether it may fall. */
  enum Kind {
    GAUGE,
    COUNTER
  }

  private final String dotted;
  private final Kind kind;
  private final String unit;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of never changes.
  private final List<String> labels;

  Metric(String dotted, Kind kind, String unit, String help, String... labels) {
    this.dotted = dotted;
    this.kind = kind;
    this.unit = unit;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** Its name, without unit and suffix, dotted as Micrometer has it. */
  String dotted() {
    return dotted;
  }

  Kind kind() {
    return kind;
  }

  /** Empty for numbers of things. */
  Optional<String> unit() {
    return Optional.of(unit).filter(named -> !named.isEmpty());
  }

  String help() {
    return help;
  }

  /** A number of things. */
  Sample of(long value, String... values) {
    return of((double) value, values);
  }

  /** A value of it; {@code values} of its labels in the order of their declaration. */
  Sample of(double value, String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException("expected " + labels + ", found " + List.of(values));
    }
    Tags tags =
        IntStream.range(0, values.length)
            .mapToObj(i -> Tags.of(labels.get(i), values[i]))
            .reduce(Tags.empty(), Tags::and);
    return new Sample(this, tags, value);
  }
}
