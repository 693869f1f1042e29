package io.tombola.training.engine.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.data.Split;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.RandomParameters;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.TrainingSessionContract;
import io.tombola.training.engine.dense.dl4j.Dl4jOracle;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import org.junit.jupiter.api.Test;

class SessionTest extends TrainingSessionContract {

  private static final ImageShape IMAGE = new ImageShape(28, 28, 1);
  private static final Seeds SEEDS = new Seeds(7, 1);
  private static final DataSplits SPLITS =
      DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, SEEDS);

  SessionTest() {
    super(
        EngineName.DL4J,
        Networks.of(
            "conv 4, batch-norm, dropout 0.1, max-pool 4, conv 6, dropout 0.2, dense 16,"
                + " batch-norm, dropout 0.5, dense 10",
            IMAGE,
            10));
  }

  /** 5,000 examples, in chunks of which the last is not full. */
  @Test
  void evaluationIsThatOfDl4j() {
    Network network = Networks.of("conv 16, batch-norm, max-pool 7, dense 10", IMAGE, 10);
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.1);
    Weights weights = Weights.of(network, RandomParameters.draw(network));
    TrainingPosition position = new TrainingPosition(0, weights, OptimizerState.FRESH);
    Split split = SPLITS.validation();
    double loss = 0;
    int correct = 0;
    for (int first = 0; first < split.size(); first += 500) {
      float[] images = new float[500 * 784];
      for (int i = 0; i < 500; i++) {
        split.gather(first + i, images, i * 784);
      }
      double[][] outputs = Dl4jOracle.probabilities(weights, sgd, images);
      for (int i = 0; i < 500; i++) {
        int label = split.label(first + i);
        loss -= Math.log(outputs[i][label]);
        correct += largest(outputs[i]) == label ? 1 : 0;
      }
    }
    Engines engines = Engines.detect(1);
    try (Engine engine = engines.open(engines.devices().get(0));
        TrainingSession session = engine.open(spec(sgd, position, network))) {
      Evaluation ours = session.evaluate(split);
      assertEquals(loss / split.size(), ours.lossNats(), 1e-5 * ours.lossNats());
      assertEquals(100.0 * correct / split.size(), ours.accuracyPercent(), 0.021);
      assertEquals(ours, session.evaluate(split));
      assertEquals(weights, session.weights());
    }
  }

  private static int largest(double[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
    }
    return best;
  }

  private static SessionSpec spec(
      OptimizerSpec optimizer, TrainingPosition start, Network network) {
    TrainingSpec training = new TrainingSpec(1000, 20, optimizer, 100, 100);
    return new SessionSpec(
        training,
        SPLITS,
        start,
        Mask.ones(network),
        new DataOrder(SEEDS, 0),
        LearningRates.of(training),
        EngineName.DL4J);
  }
}
