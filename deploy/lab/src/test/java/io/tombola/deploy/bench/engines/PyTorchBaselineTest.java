package io.tombola.deploy.bench.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.training.data.DataSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PyTorchBaselineTest {

  @TempDir Path directory;

  @Test
  void trainsAndEvaluatesEveryNetwork() {
    List<String> messages = new ArrayList<>();
    Optional<PyTorchBaseline> started = PyTorchBaseline.start("/usr/bin/python3", messages::add);
    assumeTrue(started.isPresent(), messages.toString());
    DataSources sources = new DataSources(directory, Map.of(), progress -> {});
    BenchData data = new BenchData(directory, Optional.empty(), sources, 7);
    try (PyTorchBaseline pytorch = started.get()) {
      assertTrue(pytorch.description().startsWith("PyTorch "), pytorch.description());
      for (String preset : List.of("lenet-300-100", "conv-2", "conv-6")) {
        BenchmarkNetwork network = new BenchmarkNetwork(preset, 0.1, 7);
        RawImages images = data.raw(network);
        List<BenchmarkTarget> operations = new ArrayList<>(pytorch.training(network, images));
        operations.addAll(pytorch.evaluation(network, images));
        assertEquals(4, operations.size());
        for (BenchmarkTarget operation : operations) {
          TimedWindow window = operation.run(1);
          assertTrue(window.cpuSeconds() > 0 && window.wallSeconds() > 0, preset);
        }
      }
    }
  }
}
