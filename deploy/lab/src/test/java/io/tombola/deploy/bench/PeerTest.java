package io.tombola.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombola.training.data.DataSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerTest {

  @TempDir Path directory;

  @Test
  void trainsAndEvaluatesEveryNetwork() {
    List<String> complaints = new ArrayList<>();
    Optional<Peer> started = Peer.start("/usr/bin/python3", complaints::add);
    assumeTrue(started.isPresent(), complaints.toString());
    DataSources sources = new DataSources(directory, Map.of(), news -> {});
    BenchData data = new BenchData(directory, Optional.empty(), sources, 7);
    try (Peer peer = started.get()) {
      assertTrue(peer.description().startsWith("PyTorch "), peer.description());
      for (String network : List.of("lenet-300-100", "conv-2", "conv-6")) {
        BenchmarkNetwork workload = new BenchmarkNetwork(network, 0.1, 7);
        RawImages images = data.raw(workload);
        List<BenchmarkTarget> both = new ArrayList<>(peer.training(workload, images));
        both.addAll(peer.evaluation(workload, images));
        assertEquals(4, both.size());
        for (BenchmarkTarget work : both) {
          TimedWindow window = work.run(1);
          assertTrue(window.cpuSeconds() > 0 && window.wallSeconds() > 0, network);
        }
      }
    }
  }
}
