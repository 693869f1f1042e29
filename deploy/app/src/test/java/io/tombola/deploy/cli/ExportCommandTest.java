package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.engine.dense.dl4j.Dl4jZip;
import io.tombola.training.export.ChannelsFirst;
import io.tombola.training.export.Npz;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickets of a campaign that was really run. That NumPy reads the formats is training's test. */
class ExportCommandTest {

  @TempDir static Path shared;
  @TempDir Path dir;

  private static StoreLayout store;
  private static CampaignView view;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void runsACampaignThatRewindsToIteration5() {
    store = new StoreLayout(shared.resolve("store"));
    view = TinyCampaign.run(store, TinyCampaign.config("rewind.to=5"));
  }

  @Test
  void writesMaskStartTrainedWeightsAndInitialisationOfEveryReplicate() throws IOException {
    assertEquals(0, export("--round", "2", "--format", "npz"));
    assertEquals(
        Stream.of(1, 2)
            .flatMap(
                replicate ->
                    Stream.of("ticket.json", "mask.npz", "initial.npz", "trained.npz", "theta0.npz")
                        .map(name -> folder(replicate, "2", "ticket").resolve(name).toString()))
            .toList(),
        out.toString().lines().toList());
    for (int replicate = 1; replicate <= 2; replicate++) {
      TrialState trial = trial(replicate, 2, Arm.TICKET);
      Path folder = folder(replicate, "2", "ticket");
      assertArrayEquals(
          Npz.encode(ChannelsFirst.mask(Mask.decode(artifact(trial.start().mask())))),
          Files.readAllBytes(folder.resolve("mask.npz")));
      assertWeights(trial.start().weights(), folder.resolve("initial.npz"));
      assertWeights(trial.trained().orElseThrow().weights(), folder.resolve("trained.npz"));
      assertWeights(state(replicate).initialWeights().orElseThrow(), folder.resolve("theta0.npz"));
    }
  }

  @Test
  void theInitialisationIsWrittenOnceWhereTheTrainingStartedFromIt() {
    assertEquals(0, export("--round", "0", "--replicate", "1", "--format", "npz"));
    assertTrue(Files.exists(folder(1, "0", "ticket").resolve("initial.npz")));
    assertFalse(Files.exists(folder(1, "0", "ticket").resolve("theta0.npz")));
    assertFalse(Files.exists(folder(2, "0", "ticket")));
  }

  @Test
  void aControlIsExportedAsItWasTrained() throws IOException {
    assertEquals(
        0, export("--round", "1", "--replicate", "2", "--arm", "reinit-1", "--format", "npz"));
    TrialState trial = trial(2, 1, Arm.reinit(1));
    assertWeights(trial.start().weights(), folder(2, "1", "reinit-1").resolve("initial.npz"));
  }

  @Test
  void safetensorsSayWhereTheyComeFrom() throws IOException {
    assertEquals(0, export("--round", "1", "--replicate", "2", "--json"));
    JsonNode printed = Json.MAPPER.readTree(out.toString());
    assertEquals("ticket", printed.get("arm").asText());
    assertEquals(5, printed.get("files").size());
    Path file = folder(2, "1", "ticket").resolve("mask.safetensors");
    assertEquals(file.toString(), printed.get("files").get(1).asText());
    JsonNode facts = header(file).get("__metadata__");
    assertEquals("tiny", facts.get("campaign").asText());
    assertEquals("2", facts.get("replicate").asText());
    assertEquals("1", facts.get("round").asText());
    assertEquals("5", facts.get("start_iteration").asText());
    assertEquals("mask", facts.get("contents").asText());
    TrialState trial = trial(2, 1, Arm.TICKET);
    assertEquals(trial.start().mask().sha256(), facts.get("mask_sha256").asText());
    assertEquals(trial.density().remainingPercent(), facts.get("remaining_percent").asDouble(), 0);
    JsonNode ticket = Json.MAPPER.readTree(Files.readAllBytes(file.resolveSibling("ticket.json")));
    assertEquals(facts.get("trained_sha256"), ticket.get("trained_sha256"));
  }

  @Test
  void aDl4jZipHasItsMaskBesideIt() throws IOException {
    assertEquals(0, export("--round", "2", "--replicate", "1", "--format", "dl4j"));
    Path folder = folder(1, "2", "ticket");
    TrialState trial = trial(1, 2, Arm.TICKET);
    assertArrayEquals(
        Npz.encode(ChannelsFirst.mask(Mask.decode(artifact(trial.start().mask())))),
        Files.readAllBytes(folder.resolve("mask.npz")));
    assertArrayEquals(
        Dl4jZip.encode(
            Weights.decode(artifact(trial.trained().orElseThrow().weights())),
            view.campaign().spec().orElseThrow().training()),
        Files.readAllBytes(folder.resolve("trained.dl4j.zip")));
    assertTrue(Files.exists(folder.resolve("initial.dl4j.zip")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          export tiny --round 3                |tombola: expected a round of tiny from 0 to 2; found --round 3
          export tiny --round 1 --replicate 3  |tombola: expected a replicate of tiny from 1 to 2; found --replicate 3
          export tiny --round 1 --arm random-1 |tombola: expected an arm of round 1 of tiny: ticket, reinit-1; found --arm random-1
          export tiny --round 0 --arm reinit-1 |tombola: expected an arm of round 0 of tiny: ticket; found --arm reinit-1
          export tinny --round 1               |did you mean tiny?
          export tiny                          |missing required option: '--round=N'
          export tiny --round 1 --arm tickets  |expected ticket, reinit-1, random-1, ...; found 'tickets'
          export tiny --round 1 --format onnx  |'--format' (FORMAT)
          """)
  void badInputIsOneLineAndExitCode2(String typed, String expected) {
    List<String> args = new ArrayList<>(List.of(typed.strip().split(" +")));
    args.addAll(List.of("--store", store.root().toString(), "--output", dir.toString()));
    assertEquals(2, tombola(args));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains(expected.strip()), err.toString());
    assertEquals("", out.toString());
  }

  private int export(String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "export", "tiny", "--store", store.root().toString(), "--output", dir.toString()));
    all.addAll(List.of(args));
    return tombola(all);
  }

  private int tombola(List<String> args) {
    return Tombola.execute(
        (config, layout, console) -> {
          throw new AssertionError("nothing is to be run");
        },
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        args.toArray(new String[0]));
  }

  private Path folder(int replicate, String round, String arm) {
    return dir.resolve("tiny/replicate-" + replicate + "/round-" + round).resolve(arm);
  }

  private static JsonNode header(Path safetensors) throws IOException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(file.getLong())];
    file.get(header);
    return Json.MAPPER.readTree(new String(header, StandardCharsets.UTF_8));
  }

  private static void assertWeights(ArtifactRef expected, Path file) throws IOException {
    assertArrayEquals(
        Npz.encode(ChannelsFirst.weights(Weights.decode(artifact(expected)))),
        Files.readAllBytes(file),
        file.toString());
  }

  private static byte[] artifact(ArtifactRef ref) {
    return new ArtifactStore(store).get(ref);
  }

  private static ReplicateState state(int replicate) {
    return view.replicates().get(replicate - 1);
  }

  private static TrialState trial(int replicate, int round, Arm arm) {
    return state(replicate).trial(round, arm).orElseThrow();
  }
}
