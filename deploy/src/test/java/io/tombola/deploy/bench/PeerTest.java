package io.tombola.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PeerTest {

  @Test
  void trainsAndEvaluatesEveryNetwork() {
    List<String> complaints = new ArrayList<>();
    Optional<Peer> started = Peer.start("/usr/bin/python3", complaints::add);
    assumeTrue(started.isPresent(), complaints.toString());
    try (Peer peer = started.get()) {
      assertTrue(peer.description().startsWith("PyTorch "), peer.description());
      for (String network : List.of("lenet-300-100", "conv-2", "conv-6")) {
        Workload workload = new Workload(network, 0.1, 7);
        for (Contender work : List.of(peer.training(workload), peer.evaluation(workload))) {
          Window window = work.run(1);
          assertTrue(window.cpuSeconds() > 0 && window.wallSeconds() > 0, network);
        }
      }
    }
  }
}
