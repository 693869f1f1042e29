package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.live.StoreMonitor;
import io.tombola.deploy.metrics.StoreMetrics;
import io.tombola.protocol.json.Json;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares {@code docs/metrics.md}, the Grafana dashboard and the alert rules with the metrics of a
 * real run that publishes to an embedded broker.
 */
final class MetricsIT {

  static final String DOCUMENT = "metrics.md";
  private static final Path DASHBOARD = Path.of("..", "grafana", "tombola.json");
  private static final Path ALERTS = Path.of("..", "grafana", "alerts.yml");
  private static final Path ALERTS_TEST =
      Path.of("src", "test", "resources", "alerts", "alerts-test.yml");

  private static final Pattern ROW =
      Pattern.compile("\\| `(tombola_\\w+)` \\| (\\w+) \\|[^|]*\\|([^|]*)\\|[^|]+\\|");
  private static final Pattern NAME = Pattern.compile("\\btombola_\\w+");
  private static final Pattern USED_LABEL = Pattern.compile("(\\w+)=~?\"|\\{\\{(\\w+)}}");

  @TempDir static Path folder;
  private static final List<String> SCRAPES = new ArrayList<>();
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Exposition MEASURED = new Exposition();

  @BeforeAll
  static void scrapeARun() throws Exception {
    StoreLayout store = new StoreLayout(folder.resolve("store"));
    try (TombolaProcess run =
        TombolaProcess.start(
            SmallRun.command(
                store.root(),
                "measured",
                "network=dense 100, dense 10",
                "training.iterations=3000"))) {
      CompletableFuture<TombolaProcess.Ended> end = CompletableFuture.supplyAsync(() -> end(run));
      try (StoreMonitor watch = watch(store, end)) {
        Awaitility.await("the end of the run")
            .atMost(TIMEOUT)
            .until(() -> SCRAPES.add(StoreMetrics.scrape(watch.poll())) && end.isDone());
        assertEquals(0, end.get().exitCode(), end.get().err());
        SCRAPES.add(StoreMetrics.scrape(watch.poll()));
      }
    }
    SCRAPES.forEach(MEASURED::add);
  }

  private static TombolaProcess.Ended end(TombolaProcess run) {
    try {
      return run.end();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static StoreMonitor watch(StoreLayout store, CompletableFuture<?> end) {
    return Awaitility.await("the store")
        .atMost(TIMEOUT)
        .failFast("the run ended without a store", end::isDone)
        .ignoreException(NoStoreException.class)
        .until(() -> new StoreMonitor(store, Clock.systemUTC()), monitor -> true);
  }

  @Test
  void theDocumentNamesEachMetricWithItsTypeAndLabels() throws IOException {
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    ROW.matcher(Files.readString(Recipes.DOCUMENTS.resolve(DOCUMENT)))
        .results()
        .forEach(
            row -> {
              types.put(row.group(1), row.group(2));
              labels.put(
                  row.group(1),
                  Arrays.stream(row.group(3).strip().split(", "))
                      .filter(label -> !label.isEmpty())
                      .collect(Collectors.toCollection(TreeSet::new)));
            });
    assertEquals(MEASURED.types(), types);
    types.keySet().forEach(MEASURED::labelsOf);
    assertEquals(MEASURED.labels(), labels);
  }

  @Test
  void everyQueryOfTheGrafanaDashboardUsesExportedMetricsAndLabels() throws IOException {
    JsonNode dashboard = Json.MAPPER.readTree(DASHBOARD.toFile());
    for (JsonNode variable : dashboard.get("templating").get("list")) {
      if (variable.get("type").asText().equals("query")) {
        assertMeasured(variable.get("definition").asText());
      }
    }
    assertFalse(dashboard.get("panels").isEmpty());
    for (JsonNode panel : dashboard.get("panels")) {
      List<JsonNode> targets = all(panel.get("targets"));
      assertFalse(targets.isEmpty(), () -> "no query in " + panel.get("title"));
      for (JsonNode target : targets) {
        assertEquals("${datasource}", target.get("datasource").get("uid").asText());
        String query = target.get("expr").asText();
        assertMeasured(query);
        assertLabels(query, query + target.get("legendFormat").asText());
      }
    }
    assertEquals(
        all(dashboard.get("panels")).size(),
        all(dashboard.get("panels")).stream().map(panel -> panel.get("id")).distinct().count());
  }

  @Test
  void theAlertRulesUseExportedMetrics() throws IOException {
    assertMeasured(Files.readString(ALERTS));
  }

  @Test
  void countersOfAProcessNeverDecrease() {
    Map<String, Double> before = new TreeMap<>();
    for (String answer : SCRAPES) {
      Exposition.values(answer).entrySet().stream()
          .filter(value -> value.getKey().matches("\\w+_total\\b.*"))
          .forEach(
              value -> {
                Double last = before.put(value.getKey(), value.getValue());
                assertTrue(last == null || last <= value.getValue(), value::toString);
              });
    }
    double iterations = sum(before, "tombola_iterations_total");
    // Three trials; the last one may end less than a second after the last heartbeat.
    assertTrue(iterations > 6000 && iterations <= 9000, before::toString);
    assertTrue(sum(before, "tombola_journal_events_total") > 20, before::toString);
  }

  @Test
  void aFinishedCampaignHasFullProgressAndNoProcessMetrics() {
    Map<String, Double> last = Exposition.values(SCRAPES.get(SCRAPES.size() - 1));
    assertEquals(1.0, last.get("tombola_campaign_state{campaign=\"measured\",state=\"finished\"}"));
    assertEquals(1.0, last.get("tombola_campaign_progress_ratio{campaign=\"measured\"}"));
    assertEquals(0.0, last.get("tombola_process_up{campaign=\"measured\"}"));
    assertEquals(3.0, sum(last, "tombola_trials_ended"));
    assertEquals(Set.of(), named(last, "tombola_iterations_total").keySet());
  }

  @Test
  void prometheusAcceptsTheScrapes() throws Exception {
    Promtool promtool = Promtool.find();
    for (String answer : Set.copyOf(SCRAPES)) {
      promtool.check(answer, "check", "metrics");
    }
  }

  @Test
  void prometheusAcceptsRulesQueriesAndConfiguration() throws Exception {
    Promtool promtool = Promtool.find();
    Files.copy(ALERTS, folder.resolve("alerts.yml"));
    Files.copy(ALERTS_TEST, folder.resolve("alerts-test.yml"));
    Files.writeString(folder.resolve("tombola.token"), "secret");
    promtool.check("", "test", "rules", folder.resolve("alerts-test.yml").toString());
    promtool.check("", "check", "rules", rulesOfQueries().toString());
    RecipeFolder recipes = RecipeFolder.in(folder, DOCUMENT);
    assertEquals(Set.of("prometheus.yml"), recipes.recipes().files().keySet());
    promtool.check("", "check", "config", folder.resolve("prometheus.yml").toString());
  }

  /** The dashboard's queries as rules, since those are what promtool checks. */
  private static Path rulesOfQueries() throws IOException {
    JsonNode dashboard = Json.MAPPER.readTree(DASHBOARD.toFile());
    List<Map<String, String>> rules =
        all(dashboard.get("panels")).stream()
            .flatMap(panel -> all(panel.get("targets")).stream())
            .map(target -> target.get("expr").asText())
            .map(query -> query.replace("$__rate_interval", "1m"))
            .distinct()
            .map(query -> Map.of("record", "dashboard:query", "expr", query))
            .toList();
    // Every JSON document is one of YAML.
    byte[] file =
        Json.MAPPER.writeValueAsBytes(
            Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules))));
    return Files.write(folder.resolve("queries.yml"), file);
  }

  private static void assertMeasured(String query) {
    List<String> names = NAME.matcher(query).results().map(name -> name.group()).toList();
    assertFalse(names.isEmpty(), query);
    names.forEach(name -> assertTrue(MEASURED.types().containsKey(name), name));
  }

  private static void assertLabels(String query, String text) {
    Set<String> known = new TreeSet<>(Set.of("instance"));
    NAME.matcher(query).results().forEach(name -> known.addAll(MEASURED.labelsOf(name.group())));
    USED_LABEL
        .matcher(text)
        .results()
        .flatMap(label -> Stream.of(1, 2).map(label::group))
        .filter(label -> label != null)
        .forEach(label -> assertTrue(known.contains(label), () -> label + " in " + text));
  }

  private static List<JsonNode> all(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static Map<String, Double> named(Map<String, Double> values, String metric) {
    return values.entrySet().stream()
        .filter(value -> value.getKey().startsWith(metric + "{"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static double sum(Map<String, Double> values, String metric) {
    return named(values, metric).values().stream().mapToDouble(value -> value).sum();
  }
}
