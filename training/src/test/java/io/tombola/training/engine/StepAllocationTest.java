package io.tombola.training.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Garbage of a step would be collected while others train. */
class StepAllocationTest {

  private static final int WARM_UP = 100;
  private static final int STEPS = 50;

  /** What a step may leave, in bytes; a batch's smallest buffer, its logits, has 2400. */
  private static final int MAX_BYTES = 1000;

  @ParameterizedTest
  @CsvSource({
    "DL4J, 'dense 300, dense 100, dense 10'",
    "DL4J, 'conv 8, conv 8, max-pool 2, dense 16, dense 10'",
    "SPARSE, 'dense 300, dense 100, dense 10'",
    "SPARSE, 'conv 8, conv 8, max-pool 2, dense 16, dense 10'"
  })
  void aStepLeavesNoBuffers(EngineName name, String layers) {
    Network network = Networks.of(layers, new ImageShape(28, 28, 1), 10);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Engines engines = Engines.detect(1);
    try (Engine engine = engines.open(engines.devices().get(0));
        TrainingSession session = engine.open(spec(name, network))) {
      session.advance(WARM_UP);
      long before = threads.getThreadAllocatedBytes(thread);
      session.advance(STEPS);
      long bytes = (threads.getThreadAllocatedBytes(thread) - before) / STEPS;
      assertTrue(bytes <= MAX_BYTES, network + ": " + bytes + " bytes a step");
    }
  }

  private static SessionSpec spec(EngineName name, Network network) {
    Seeds seeds = new Seeds(7, 1);
    OptimizerSpec adam = new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3);
    TrainingSpec training = new TrainingSpec(1000, 60, adam, 100, 100);
    return new SessionSpec(
        training,
        DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, seeds),
        new TrainingPosition(
            0, Weights.of(network, RandomParameters.draw(network)), OptimizerState.FRESH),
        Mask.ones(network),
        new DataOrder(seeds, 0),
        LearningRates.of(training),
        name);
  }
}
