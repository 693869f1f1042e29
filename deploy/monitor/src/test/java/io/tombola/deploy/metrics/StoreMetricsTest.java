package io.tombola.deploy.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.deploy.live.WatchedStore;
import io.tombola.protocol.trial.TrialFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMetricsTest {

  @TempDir Path root;

  @Test
  void exportsTheProgressOfACampaignAndTheMetricsOfItsProcess() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").evaluated(0, 87.5).evaluated(1, 88.25).prepared(2);
      store.withMetrics(processMetrics(2)).heartbeat(1500, 4000);
      assertLines(
          StoreMetrics.scrape(store.snapshot()),
          "tombola_campaigns 1.0",
          "tombola_campaign_state{campaign=\"ant\",state=\"running\"} 1.0",
          "tombola_campaign_state{campaign=\"ant\",state=\"interrupted\"} 0.0",
          "tombola_campaign_progress_ratio{campaign=\"ant\"} 0.305",
          "tombola_campaign_eta_seconds{campaign=\"ant\"} 75.0",
          "tombola_process_up{campaign=\"ant\"} 1.0",
          "tombola_trials_ended{campaign=\"ant\",replicate=\"1\"} 2.0",
          "tombola_trials_failed{campaign=\"ant\",replicate=\"1\"} 0.0",
          "tombola_rounds_ended{campaign=\"ant\",replicate=\"1\"} 2.0",
          "tombola_test_accuracy_ratio{arm=\"ticket\",campaign=\"ant\",replicate=\"1\"} 0.8825",
          "tombola_remaining_weights_ratio{arm=\"ticket\",campaign=\"ant\",replicate=\"1\"} 0.8",
          "tombola_device_busy{campaign=\"ant\",device=\"cpu:0\"} 1.0",
          "tombola_device_busy{campaign=\"ant\",device=\"cpu:1\"} 0.0",
          "tombola_device_iterations_per_second{campaign=\"ant\",device=\"cpu:0\"} 2000.0",
          "tombola_iterations_total{campaign=\"ant\",device=\"cpu:0\"} 5500.0",
          "tombola_trials_waiting{campaign=\"ant\"} 2.0",
          "tombola_retries_total{campaign=\"ant\",kind=\"out_of_memory\"} 2.0",
          "tombola_retries_total{campaign=\"ant\",kind=\"diverged\"} 0.0",
          "tombola_trainer_unexpected_exits_total{campaign=\"ant\"} 1.0",
          "tombola_journal_writes_total{campaign=\"ant\"} 9.0",
          "tombola_journal_events_total{campaign=\"ant\"} 12.0",
          "tombola_journal_write_seconds_total{campaign=\"ant\"} 0.5",
          "tombola_journal_write_recent_seconds{campaign=\"ant\",statistic=\"p99\"} 0.2",
          "tombola_published_results_total{campaign=\"ant\"} 7.0",
          "tombola_unpublished_results{campaign=\"ant\"} 2.0",
          "tombola_publish_lag_seconds{campaign=\"ant\"} 1.5",
          "tombola_publish_failures_total{campaign=\"ant\"} 4.0");
    }
  }

  @Test
  void exportsOnlyTheNewestSnapshot() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").evaluated(0, 87.5);
      store.withMetrics(processMetrics(1)).heartbeat(1500, 4000);
      store.withMetrics(processMetrics(5)).heartbeat(1600, 4000);
      String later = StoreMetrics.scrape(store.snapshot());
      assertLines(later, "tombola_retries_total{campaign=\"ant\",kind=\"out_of_memory\"} 5.0");
      assertEquals(
          1, later.lines().filter(line -> line.contains("kind=\"out_of_memory\"")).count());

      store.kill();
      String alone = StoreMetrics.scrape(store.snapshot());
      assertLines(
          alone,
          "tombola_process_up{campaign=\"ant\"} 0.0",
          "tombola_campaign_state{campaign=\"ant\",state=\"interrupted\"} 1.0");
      for (String ofProcess : List.of("\ntombola_retries_total{", "device=\"cpu:1\"")) {
        assertTrue(later.contains(ofProcess), later);
        assertFalse(alone.contains(ofProcess), alone);
      }

      StoreSnapshot now = store.snapshot();
      StoreSnapshot emptied = new StoreSnapshot(now.store(), now.at(), List.of());
      assertEquals(
          List.of("tombola_campaigns 0.0"),
          StoreMetrics.scrape(emptied).lines().filter(line -> !line.startsWith("#")).toList());
    }
  }

  @Test
  void exportsRenamedMetricsUnderTheirOldNamesForOneVersion() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").evaluated(0, 87.5).evaluated(1, 88.25).prepared(2);
      store.withMetrics(processMetrics(2)).heartbeat(1500, 4000);
      String text = StoreMetrics.scrape(store.snapshot());
      Map.of(
              "tombola_campaign_done_ratio", "tombola_campaign_progress_ratio",
              "tombola_process_word_age_seconds", "tombola_process_heartbeat_age_seconds",
              "tombola_trainer_deaths_total", "tombola_trainer_unexpected_exits_total")
          .forEach(
              (deprecated, current) -> {
                assertEquals(values(text, current), values(text, deprecated), deprecated);
                assertLines(
                    text, "# HELP " + deprecated + " Deprecated since 0.6.0, use " + current);
              });
    }
  }

  private static List<String> values(String text, String metric) {
    List<String> values =
        text.lines()
            .filter(line -> line.startsWith(metric + "{"))
            .map(line -> line.substring(metric.length()))
            .toList();
    assertFalse(values.isEmpty(), metric);
    return values;
  }

  private static ProcessMetrics processMetrics(long retries) {
    return new ProcessMetrics(
        2,
        new TreeMap<>(Map.of(TrialFailure.Kind.OUT_OF_MEMORY, retries)),
        1,
        new ProcessMetrics.Journal(
            9, 12, 0.5, Optional.of(new ProcessMetrics.Recent(0.01, 0.2, 0.3))),
        Optional.of(new ProcessMetrics.Publishing(7, OptionalLong.of(2), 1.5, 4)));
  }

  private static void assertLines(String text, String... expected) {
    List<String> lines = text.lines().toList();
    for (String line : expected) {
      assertTrue(lines.contains(line), () -> line + " is not in\n" + text);
    }
  }
}
