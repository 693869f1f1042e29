package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.process.JavaOptions;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.json.Json;
import io.tombola.training.data.DataSources;
import io.tombola.training.engine.CoreAllocator;
import io.tombola.training.engine.CoreLease;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A slot in a process of its own: opens an engine, and trains as told by lines of JSON on standard
 * input until that ends.
 */
final class SlotWorker {

  private SlotWorker() {}

  /** Starts one with this Java, its options, class path and environment. */
  static JsonLinesProcess start(EngineName engine, BenchmarkNetwork workload, Path data)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(
        List.of(
            "-XX:+DisplayVMOutputToStderr",
            SlotWorker.class.getName(),
            engine.name(),
            workload.preset(),
            Double.toString(workload.density()),
            Long.toString(workload.seed()),
            data.toString()));
    return JsonLinesProcess.start(
        command, Map.of("CLASSPATH", System.getProperty("java.class.path")));
  }

  /** Arguments: engine, network, density, seed, and a directory for images to be made in. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    // Native libraries may print; standard output is for answers.
    System.setOut(System.err);
    BenchmarkNetwork workload =
        new BenchmarkNetwork(
            arguments[1], Double.parseDouble(arguments[2]), Long.parseLong(arguments[3]));
    BenchData data =
        new BenchData(
            Path.of(arguments[4]),
            Optional.empty(),
            new DataSources(Path.of(arguments[4]), Map.of(), fetch -> {}),
            workload.seed());
    try (EngineTargets lineup = new EngineTargets();
        CoreLease pin = CoreAllocator.ofMachine().pin();
        BenchmarkTarget training =
            lineup.training(EngineName.valueOf(arguments[0]), workload, data.splits(workload))) {
      answers.println(Json.MAPPER.writeValueAsString(Map.of("pinned", pin.core().isPresent())));
      BufferedReader orders =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        JsonNode order = Json.MAPPER.readTree(line);
        TimedWindow window = training.run(order.path("times").asInt());
        answers.println(
            Json.MAPPER.writeValueAsString(
                Map.of("cpu_seconds", window.cpuSeconds(), "wall_seconds", window.wallSeconds())));
      }
    }
  }
}
