package io.tombola.deploy.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The exported metrics: name, type, help and labels. Metrics of a process count from its start and
 * are exported while it runs the campaign; the others come from the journal.
 */
enum Metric {
  CAMPAIGNS(Type.GAUGE, "tombola_campaigns", "Campaigns in the store"),
  CAMPAIGN(
      Type.GAUGE,
      "tombola_campaign_info",
      "Always 1; the labels say what the campaign trains",
      "campaign",
      "network",
      "dataset",
      "seed"),
  STATE(
      Type.GAUGE,
      "tombola_campaign_state",
      "1 for the current state of the campaign, 0 for the others",
      "campaign",
      "state"),
  PROGRESS(
      Type.GAUGE,
      "tombola_campaign_progress_ratio",
      "Completed part of the campaign, from 0 to 1",
      "campaign"),
  ETA(
      Type.GAUGE,
      "tombola_campaign_eta_seconds",
      "Estimated time until the campaign finishes, at the speed of its process",
      "campaign"),
  REPLICATES(Type.GAUGE, "tombola_replicates", "Replicates of the campaign", "campaign"),
  TRIALS(Type.GAUGE, "tombola_trials", "Planned trials", "campaign", "replicate"),
  TRIALS_ENDED(
      Type.GAUGE,
      "tombola_trials_ended",
      "Trials that ended, with or without a result",
      "campaign",
      "replicate"),
  TRIALS_FAILED(
      Type.GAUGE,
      "tombola_trials_failed",
      "Trials that ended without a result",
      "campaign",
      "replicate"),
  ROUNDS(
      Type.GAUGE,
      "tombola_rounds",
      "Planned rounds, including the dense round",
      "campaign",
      "replicate"),
  ROUNDS_ENDED(
      Type.GAUGE,
      "tombola_rounds_ended",
      "Rounds whose ticket has a result",
      "campaign",
      "replicate"),
  TEST_ACCURACY(
      Type.GAUGE,
      "tombola_test_accuracy_ratio",
      "Test accuracy at early stop, in the newest round in which the arm has a result",
      "campaign",
      "replicate",
      "arm"),
  REMAINING_WEIGHTS(
      Type.GAUGE,
      "tombola_remaining_weights_ratio",
      "Part of the weights that remain in that round",
      "campaign",
      "replicate",
      "arm"),
  DEVICE_UTILISATION(
      Type.GAUGE,
      "tombola_device_utilisation_ratio",
      "Device utilisation: computing time divided by the time in which a trial was ready to run",
      "campaign",
      "device"),
  PROCESS_UP(
      Type.GAUGE, "tombola_process_up", "1 while a process runs the campaign, else 0", "campaign"),
  HEARTBEAT_AGE(
      Type.GAUGE,
      "tombola_process_heartbeat_age_seconds",
      "Time since the last heartbeat of the process",
      "campaign"),
  DEVICE_BUSY(
      Type.GAUGE,
      "tombola_device_busy",
      "1 while the device runs a training, else 0",
      "campaign",
      "device"),
  ITERATIONS(Type.COUNTER, "tombola_iterations", "Iterations trained", "campaign", "device"),
  ITERATION_RATE(
      Type.GAUGE,
      "tombola_device_iterations_per_second",
      "Iterations per second since the device started its training, including evaluation",
      "campaign",
      "device"),
  TRIALS_WAITING(Type.GAUGE, "tombola_trials_waiting", "Trials that wait for a device", "campaign"),
  RETRIES(
      Type.COUNTER,
      "tombola_retries",
      "Failed steps that are retried, by kind of failure",
      "campaign",
      "kind"),
  TRAINER_EXITS(
      Type.COUNTER,
      "tombola_trainer_unexpected_exits",
      "Trainer processes that exited unexpectedly",
      "campaign"),
  JOURNAL_WRITES(Type.COUNTER, "tombola_journal_writes", "Writes to the journal", "campaign"),
  JOURNAL_EVENTS(Type.COUNTER, "tombola_journal_events", "Events written", "campaign"),
  JOURNAL_WRITE_TIME(
      Type.COUNTER,
      "tombola_journal_write_seconds",
      "Total latency of writes, from submission until the data is on disk",
      "campaign"),
  JOURNAL_WRITE_RECENT(
      Type.GAUGE,
      "tombola_journal_write_recent_seconds",
      "Latency of the writes of the last minute: median, 99th percentile, maximum",
      "campaign",
      "statistic"),
  PUBLISHED(Type.COUNTER, "tombola_published_results", "Results published to Kafka", "campaign"),
  UNPUBLISHED(
      Type.GAUGE, "tombola_unpublished_results", "Results not yet published to Kafka", "campaign"),
  PUBLISH_LAG(
      Type.GAUGE,
      "tombola_publish_lag_seconds",
      "Age of the oldest unpublished result",
      "campaign"),
  PUBLISH_FAILURES(
      Type.COUNTER, "tombola_publish_failures", "Failed deliveries to Kafka", "campaign");

  /** Names of versions before 0.6.0; exported beside the new ones until 0.7.0. */
  private static final Map<Metric, String> DEPRECATED_NAMES =
      Map.of(
          PROGRESS, "tombola_campaign_done_ratio",
          HEARTBEAT_AGE, "tombola_process_word_age_seconds",
          TRAINER_EXITS, "tombola_trainer_deaths");

  private enum Type {
    GAUGE,
    COUNTER
  }

  private final Type type;
  private final String name;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of never changes.
  private final List<String> labels;

  /**
   * Declares a metric.
   *
   * @param name without the suffix {@code _total} that the text format adds to counters
   */
  Metric(Type type, String name, String help, String... labels) {
    this.type = type;
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  Sample of(long value, String... labelValues) {
    return of((double) value, labelValues);
  }

  /** A sample; {@code labelValues} in the order in which the labels are declared. */
  Sample of(double value, String... labelValues) {
    return new Sample(this, Labels.of(labels, List.of(labelValues)), value);
  }

  /** The metric under its name and, if there is one, under its deprecated name. */
  Stream<MetricSnapshot> snapshots(List<Sample> samples) {
    MetricSnapshot current = snapshot(new MetricMetadata(name, help), samples);
    String deprecated = DEPRECATED_NAMES.get(this);
    if (deprecated == null) {
      return Stream.of(current);
    }
    String note = "Deprecated since 0.6.0, use " + exportedName();
    return Stream.of(current, snapshot(new MetricMetadata(deprecated, note), samples));
  }

  private String exportedName() {
    return type == Type.COUNTER ? name + "_total" : name;
  }

  private MetricSnapshot snapshot(MetricMetadata metadata, List<Sample> samples) {
    return switch (type) {
      case GAUGE ->
          new GaugeSnapshot(
              metadata,
              samples.stream()
                  .map(s -> new GaugeDataPointSnapshot(s.value(), s.labels(), null))
                  .toList());
      case COUNTER ->
          new CounterSnapshot(
              metadata,
              samples.stream()
                  .map(s -> new CounterDataPointSnapshot(s.value(), s.labels(), null, 0L))
                  .toList());
    };
  }
}
