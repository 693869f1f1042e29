package io.tombola.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.bench.campaign.CampaignCost;
import io.tombola.deploy.bench.campaign.Soak;
import io.tombola.deploy.bench.developer.HttpLoad;
import io.tombola.deploy.bench.developer.InterTrialLatency;
import io.tombola.deploy.bench.developer.Microbenchmark;
import io.tombola.deploy.bench.engines.BenchmarkNetwork;
import io.tombola.deploy.bench.engines.EngineComparison;
import io.tombola.deploy.bench.measure.BenchmarkSettings;
import io.tombola.deploy.bench.measure.BenchmarkSettings.CampaignScale;
import io.tombola.deploy.bench.measure.TimingSummary;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.protocol.json.Json;
import io.tombola.training.data.DataSources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A very short benchmark of all sections, without PyTorch. It expects no particular times. */
final class BenchIT {

  private static final double EXACT = 1e-9;

  private static final BenchmarkSettings SHORT =
      new BenchmarkSettings(
          0.01,
          2,
          0.01,
          List.of("lenet-300-100"),
          List.of(1.0, 0.1),
          new CampaignScale(1, 20, 2, 10, 10, 8));

  @TempDir static Path directory;

  private static final List<String> PROGRESS = new ArrayList<>();
  private static BenchReport report;
  private static JsonNode json;

  @BeforeAll
  static void measures() throws IOException {
    Bench.Request request =
        new Bench.Request(
            EnumSet.allOf(BenchmarkSection.class),
            SHORT,
            Optional.of(directory.resolve("no-python").toString()),
            Optional.empty(),
            new DataSources(directory, Map.of(), progress -> {}),
            1,
            7,
            directory);
    report = new Bench(request, PROGRESS::add, Clock.systemUTC()).run();
    json = Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(report));
  }

  @Test
  void saysInOneLineThatPyTorchIsMissingAndContinues() {
    List<String> lines = PROGRESS.stream().filter(line -> line.startsWith("--peer: ")).toList();
    assertEquals(1, lines.size(), PROGRESS.toString());
    assertTrue(lines.get(0).contains("apt install python3-torch"), lines.get(0));
    assertEquals(Optional.empty(), report.machine().peer());
  }

  @Test
  void describesTheMachine() {
    JsonNode machine = json.path("machine");
    for (String field : List.of("program", "commit", "device", "os", "java")) {
      assertTrue(machine.path(field).isTextual(), field);
    }
    assertEquals(Runtime.getRuntime().availableProcessors(), machine.path("cores").asInt());
    assertTrue(machine.path("determinants").has("nd4j.version"));
    assertEquals(1, json.path("format").asInt());
    assertEquals(2, json.path("scale").path("campaign").path("factor").asInt());
  }

  @Test
  void comparesEveryEngineAtEveryDensity() {
    for (String section : List.of("engines", "evaluation")) {
      List<String> found = new ArrayList<>();
      for (JsonNode comparison : json.path(section)) {
        for (JsonNode entry : comparison.path("entries")) {
          found.add(entry.path("name").asText() + " " + comparison.path("density_percent"));
        }
      }
      assertTrue(found.containsAll(List.of("dl4j 100.0", "dl4j 10.0")), found.toString());
    }
  }

  @Test
  void ratiosMatchTheTimes() {
    List<EngineComparison> all = new ArrayList<>(report.engines());
    all.addAll(report.evaluation());
    for (EngineComparison comparison : all) {
      assertTrue(comparison.floorSeconds() > 0);
      for (EngineComparison.Entry entry : comparison.entries()) {
        assertInOrder(entry.cpu());
        assertInOrder(entry.wall());
        assertEquals(1, entry.perSecond() * entry.cpu().median(), EXACT);
        assertEquals(1, entry.ofFloor() * entry.cpu().median() / comparison.floorSeconds(), EXACT);
        assertTrue(entry.ofPeer().isEmpty());
      }
    }
    report.slots().forEach(slots -> assertInOrder(slots.one()));
    report
        .slots()
        .forEach(s -> assertEquals(1, s.ratio() * s.two().median() / s.one().median(), EXACT));
    assertEquals(2L * engines(), report.slots().size());
  }

  @Test
  void timesThePartsOfAStep() {
    List<String> names = report.kernels().stream().map(Microbenchmark::name).toList();
    for (String part : List.of("gather a batch", "forward", "loss", "backward", "update")) {
      assertTrue(names.contains("sparse: " + part), names.toString());
    }
    report.kernels().forEach(kernel -> assertInOrder(kernel.seconds()));
  }

  @Test
  void theFloorIsProportionalToTheRemainingWeights() {
    BenchmarkNetwork dense = new BenchmarkNetwork("lenet-300-100", 1, 7);
    // 2 * 60 * (2 * 784 * 300 + 3 * (300 * 100 + 100 * 10)), by hand.
    assertEquals(67_608_000, dense.trainingFlop());
    assertEquals(2 * 266_200, dense.evaluationFlop());
    BenchmarkNetwork light = new BenchmarkNetwork("lenet-300-100", 0.1, 7);
    assertEquals(0.1 * dense.trainingFlop(), light.trainingFlop(), 1);
    assertEquals(26_620, light.mask().density().remaining());
  }

  @Test
  void attributesTheCostOfACampaign() {
    CampaignCost cost = report.campaign().orElseThrow();
    assertEquals(List.of(2, 4, 2), cost.runs().stream().map(CampaignCost.Run::trainings).toList());
    assertEquals(
        List.of(20, 20, 40), cost.runs().stream().map(CampaignCost.Run::iterationsEach).toList());
    double shares = cost.parts().stream().mapToDouble(CampaignCost.Cost::shareAtPaperScale).sum();
    assertEquals(cost.shareAtPaperScale(), shares, EXACT);
    for (CampaignCost.Run run : cost.runs()) {
      assertTrue(run.trainingSeconds() > 0);
      assertTrue(run.partSeconds().get("journal") > 0, run.toString());
      assertTrue(run.partSeconds().get("publisher") > 0, run.toString());
      assertTrue(run.partSeconds().get("actors") > 0, run.toString());
    }
  }

  @Test
  void timesTheLatencyBetweenTrials() {
    InterTrialLatency start = report.start().orElseThrow();
    assertInOrder(start.turn());
    assertTrue(start.open().minimum() < start.turn().maximum());
    // 1 + 2 * 4 trials; the first has no trial before it.
    assertEquals(8 - 4, start.turn().windows());
  }

  @Test
  void samplesMemoryAtEqualIntervals() {
    Soak soak = report.soak().orElseThrow();
    assertEquals(41, soak.trainings());
    assertEquals(20, soak.samples().size());
    assertTrue(soak.samples().stream().allMatch(sample -> sample.heapBytes() > 0));
    assertTrue(json.path("soak").path("samples").get(0).has("heap_bytes"));
  }

  @Test
  void measuresATrainingWithClients() {
    HttpLoad watchers = report.watchers().orElseThrow();
    assertEquals(100, watchers.clients());
    assertEquals(watchers.watched().median() / watchers.alone().median(), watchers.ratio(), EXACT);
    assertTrue(watchers.messages() > 0, watchers.toString());
    assertTrue(watchers.snapshots() > 0, watchers.toString());
  }

  @Test
  void growingMemoryIsNotFlat() {
    assertTrue(Soak.of(100, samples(0)).flat());
    assertFalse(Soak.of(100, samples(10)).flat());
  }

  @Test
  void writesEveryTableAsMarkdown() {
    String text = report.toMarkdown("tombola bench");
    assertTrue(text.startsWith("# Speed\n\nMade by `tombola bench`.\n\n## Machine\n\n| what |"));
    for (CaptionedTable table : report.tables()) {
      assertTrue(text.contains("## " + table.title() + "\n"), table.title());
      table.rows().forEach(row -> assertEquals(table.headings().size(), row.size()));
    }
    assertEquals(10, report.tables().size());
  }

  private static List<Soak.Sample> samples(int growthPercent) {
    List<Soak.Sample> samples = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      samples.add(new Soak.Sample(i, 1000L + (long) growthPercent * i, OptionalDouble.empty()));
    }
    return samples;
  }

  private static long engines() {
    return StreamSupport.stream(json.path("engines").get(0).path("entries").spliterator(), false)
        .count();
  }

  private static void assertInOrder(TimingSummary timing) {
    assertTrue(
        0 < timing.minimum()
            && timing.minimum() <= timing.median()
            && timing.median() <= timing.maximum(),
        timing.toString());
  }
}
