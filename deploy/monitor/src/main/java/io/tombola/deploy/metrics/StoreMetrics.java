package io.tombola.deploy.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.StoreSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a store snapshot in Prometheus' text format. Stateless and thread-safe. */
public final class StoreMetrics {

  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

  private StoreMetrics() {}

  /** All metrics of {@code snapshot}, in text format version 0.0.4. */
  public static String scrape(StoreSnapshot snapshot) {
    Map<Metric, List<Sample>> samples =
        samples(snapshot)
            .collect(
                Collectors.groupingBy(
                    Sample::metric, () -> new EnumMap<>(Metric.class), Collectors.toList()));
    MetricSnapshots metrics =
        new MetricSnapshots(
            samples.entrySet().stream()
                .flatMap(metric -> metric.getKey().snapshots(metric.getValue()))
                .toList());
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      WRITER.write(text, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static Stream<Sample> samples(StoreSnapshot snapshot) {
    return Stream.concat(
        Stream.of(Metric.CAMPAIGNS.of(snapshot.campaigns().size())),
        snapshot.campaigns().stream().flatMap(campaign -> samples(campaign, snapshot)));
  }

  private static Stream<Sample> samples(CampaignSnapshot campaign, StoreSnapshot store) {
    return Stream.concat(
        new CampaignSamples(campaign).samples(),
        campaign.live().stream()
            .flatMap(heartbeat -> new ProcessSamples(heartbeat, store.at()).samples()));
  }
}
