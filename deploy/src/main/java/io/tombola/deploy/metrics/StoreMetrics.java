package io.tombola.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tombola.deploy.live.StoreSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store as Prometheus reads it: meters that follow the newest snapshot. What is no longer in it,
 * a campaign or the process that worked on one, is measured no longer. Thread-safe.
 */
public final class StoreMetrics {

  /** Of what {@link #scrape} gives. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** A meter and what it shows. */
  private record RegisteredMeter(Meter meter, AtomicReference<Double> value) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Sample.Key, RegisteredMeter> dials = new HashMap<>();

  /** The numbers of {@code snapshot} in Prometheus' text format. */
  public synchronized String scrape(StoreSnapshot snapshot) {
    Map<Sample.Key, Sample> samples =
        samples(snapshot).collect(Collectors.toMap(Sample::key, sample -> sample));
    List.copyOf(dials.keySet()).stream()
        .filter(key -> !samples.containsKey(key))
        .forEach(key -> registry.remove(dials.remove(key).meter()));
    samples.forEach(
        (key, sample) -> dials.computeIfAbsent(key, this::install).value().set(sample.value()));
    return registry.scrape(CONTENT_TYPE);
  }

  private static Stream<Sample> samples(StoreSnapshot snapshot) {
    return Stream.concat(
        Stream.of(Metric.CAMPAIGNS.of(snapshot.campaigns().size())),
        snapshot.campaigns().stream()
            .flatMap(
                campaign ->
                    Stream.concat(
                        new CampaignSamples(campaign).samples(),
                        campaign.live().stream()
                            .flatMap(live -> new ProcessSamples(live, snapshot.at()).samples()))));
  }

  private RegisteredMeter install(Sample.Key key) {
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    Metric metric = key.metric();
    Meter meter =
        switch (metric.kind()) {
          case GAUGE ->
              Gauge.builder(metric.dotted(), value, AtomicReference::get)
                  .tags(key.labels())
                  .baseUnit(metric.unit().orElse(null))
                  .description(metric.help())
                  .register(registry);
          case COUNTER ->
              FunctionCounter.builder(metric.dotted(), value, AtomicReference::get)
                  .tags(key.labels())
                  .baseUnit(metric.unit().orElse(null))
                  .description(metric.help())
                  .register(registry);
        };
    return new RegisteredMeter(meter, value);
  }
}
