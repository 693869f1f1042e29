package io.tombola.training.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Engines;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Garbage of a step would be collected while others train. */
class StepAllocationTest {

  private static final int WARM_UP = 200;
  private static final int STEPS = 100;

  /** What a step may leave, in bytes; a batch's smallest buffer, its logits, has 2400. */
  private static final int MOST_BYTES = 1000;

  static List<Network> networks() {
    ImageShape image = new ImageShape(28, 28, 1);
    return List.of(
        Networks.of("dense 300, dense 100, dense 10", image, 10),
        Networks.of("conv 8, conv 8, max-pool 2, dense 16, dense 10", image, 10));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aStepLeavesNoBuffers(Network network) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Engines engines = Engines.detect(1);
    try (Engine engine = engines.open(engines.devices().get(0));
        TrainingSession session = engine.open(spec(network))) {
      session.advance(WARM_UP);
      long before = threads.getThreadAllocatedBytes(thread);
      session.advance(STEPS);
      long bytes = (threads.getThreadAllocatedBytes(thread) - before) / STEPS;
      assertTrue(bytes <= MOST_BYTES, network + ": " + bytes + " bytes a step");
    }
  }

  private static SessionSpec spec(Network network) {
    Seeds seeds = new Seeds(7, 1);
    OptimizerSpec adam = new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3);
    return new SessionSpec(
        new TrainingSpec(1000, 60, adam, 100, 100),
        DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, seeds),
        new TrainingPosition(
            0, Weights.of(network, Dl4jOracle.randomParameters(network)), OptimizerState.FRESH),
        Mask.ones(network),
        new DataOrder(seeds, 0),
        LearningRates.of(adam));
  }
}
