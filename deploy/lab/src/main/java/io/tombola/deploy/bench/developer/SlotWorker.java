package io.tombola.deploy.bench.developer;

import io.tombola.deploy.bench.child.JsonLines;
import io.tombola.deploy.bench.child.JsonLinesProcess;
import io.tombola.deploy.bench.engines.BenchData;
import io.tombola.deploy.bench.engines.BenchmarkNetwork;
import io.tombola.deploy.bench.engines.EngineTargets;
import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.protocol.EngineName;
import io.tombola.training.data.DataSources;
import io.tombola.training.engine.device.CoreAllocator;
import io.tombola.training.engine.device.CoreLease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The main class of a {@link ProcessSlot}: opens an engine, and trains on request. */
final class SlotWorker {

  private SlotWorker() {}

  /** Starts the process; its first response says that it can train. */
  static JsonLinesProcess start(EngineName engine, BenchmarkNetwork network, Path directory)
      throws IOException {
    return JsonLinesProcess.startJava(
        SlotWorker.class,
        engine.name(),
        network.preset(),
        Double.toString(network.density()),
        Long.toString(network.seed()),
        directory.toString());
  }

  /** Arguments: engine, network, density, seed, and a directory for the generated images. */
  public static void main(String[] arguments) throws Exception {
    JsonLines lines = JsonLines.ofStandardOutput();
    EngineName engine = EngineName.valueOf(arguments[0]);
    BenchmarkNetwork network =
        new BenchmarkNetwork(
            arguments[1], Double.parseDouble(arguments[2]), Long.parseLong(arguments[3]));
    Path directory = Path.of(arguments[4]);
    DataSources sources = new DataSources(directory, Map.of(), progress -> {});
    BenchData data = new BenchData(directory, Optional.empty(), sources, network.seed());
    try (EngineTargets engines = new EngineTargets();
        CoreLease core = CoreAllocator.ofMachine().pin();
        BenchmarkTarget training = engines.training(engine, network, data.splits(network))) {
      lines.send(Map.of("pinned", core.core().isPresent()));
      lines.serve((command, times) -> JsonLines.response(training.run(times)));
    }
  }
}
