package io.tombola.training.engine.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The DL4J engine, itself held against DL4J, is the oracle. */
class SparseAgainstDl4jTest {

  private static final Seeds SEEDS = new Seeds(7, 1);
  private static final DataSplits SPLITS =
      DataSplits.of(
          TestCampaigns.fashionMnist(),
          new DatasetSpec(
              "fashion-mnist",
              Optional.empty(),
              DatasetSpec.Normalization.NONE,
              1000,
              Optional.empty(),
              Optional.empty()),
          SEEDS);
  private static final String LENET = "lenet-300-100";
  private static final String DROPPING =
      "dropout 0.1, dense 40, dropout 0.3, dense 30, dropout 0.5, dense 10";

  private static final String CONVOLVING =
      "max-pool, conv 6 5, max-pool 3, dropout 0.1, conv 4, conv 5 1, dense 30, dense 10";

  /** Each of 60 steps from where DL4J was, every layer's weights and biases. */
  @ParameterizedTest
  @CsvSource({
    LENET + ", 0.5, ADAM",
    LENET + ", 0.036, ADAM",
    LENET + ", 0.21, SGD",
    LENET + ", 0.1, MOMENTUM",
    "'" + DROPPING + "', 0.5, ADAM",
    "'" + CONVOLVING + "', 0.5, ADAM",
    "'" + CONVOLVING + "', 1, SGD"
  })
  void updatesAgree(String text, double density, OptimizerSpec.Type type) {
    Network network = Networks.of(text, new ImageShape(28, 28, 1), 10);
    OptimizerSpec optimizer =
        new OptimizerSpec(type, type == OptimizerSpec.Type.ADAM ? 1.2e-3 : 0.1);
    Mask mask = random(network, density);
    Engines engines = Engines.detect(1);
    Weights weights = GlorotNormal.draw(network, SEEDS.stream("start"));
    TrainingPosition start = new TrainingPosition(0, mask.apply(weights), OptimizerState.FRESH);
    try (Engine engine = engines.open(engines.devices().get(0));
        TrainingSession dl4j = engine.open(spec(optimizer, start, mask, EngineName.DL4J));
        TrainingSession sparse = engine.open(spec(optimizer, start, mask, EngineName.SPARSE))) {
      for (int step = 0; step < 60; step++) {
        TrainingPosition from = dl4j.position();
        sparse.restore(from);
        assertEquals(dl4j.advance(1), sparse.advance(1), 1e-5);
        assertClose(network, tolerance(type), from, dl4j.position(), sparse.position());
      }
      sparse.restore(dl4j.position());
      Evaluation theirs = dl4j.evaluate(SPLITS.validation());
      Evaluation ours = sparse.evaluate(SPLITS.validation());
      assertEquals(theirs.lossNats(), ours.lossNats(), 1e-6 * theirs.lossNats());
      assertEquals(theirs.accuracyPercent(), ours.accuracyPercent(), 0.101);
    }
  }

  /**
   * The relative difference of updates that rounding explains. SGD and momentum are linear in the
   * gradient. Adam divides each gradient by the root of its second moment, so that a gradient whose
   * terms cancel keeps its relative error in full: up to 1.4e-4 was measured, by processor.
   */
  private static double tolerance(OptimizerSpec.Type type) {
    return type == OptimizerSpec.Type.ADAM ? 5e-4 : 1e-5;
  }

  private static void assertClose(
      Network network,
      double tolerance,
      TrainingPosition from,
      TrainingPosition theirs,
      TrainingPosition ours) {
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      int end = network.biasOffset(l) + network.prunableLayers().get(l).outputs();
      assertClose(tolerance, from, theirs, ours, network.weightOffset(l), end);
    }
  }

  /** To {@code tolerance} of the update, or to the spacing of floats at the parameters. */
  private static void assertClose(
      double tolerance,
      TrainingPosition from,
      TrainingPosition theirs,
      TrainingPosition ours,
      int first,
      int end) {
    float[] start = from.weights().toArray();
    float[] a = ours.weights().toArray();
    float[] b = theirs.weights().toArray();
    double difference = 0;
    double update = 0;
    double spacing = 0;
    for (int i = first; i < end; i++) {
      difference += Math.pow((double) a[i] - b[i], 2);
      update += Math.pow((double) b[i] - start[i], 2);
      spacing += Math.pow(b[i] == start[i] ? 0 : Math.ulp(b[i]), 2);
    }
    double most = tolerance * Math.sqrt(update) + Math.sqrt(spacing);
    assertTrue(
        Math.sqrt(difference) <= most,
        "step %d, from %d on: %g of %g"
            .formatted(from.iteration(), first, Math.sqrt(difference), Math.sqrt(update)));
  }

  private static Mask random(Network network, double density) {
    RandomStream stream = SEEDS.stream("mask");
    List<BitSet> layers = new ArrayList<>();
    for (Network.PrunableLayer layer : network.prunableLayers()) {
      BitSet bits = new BitSet();
      for (int i = 0; i < layer.weightCount(); i++) {
        bits.set(i, stream.nextDouble() < density);
      }
      layers.add(bits);
    }
    return Mask.of(network, layers);
  }

  private static SessionSpec spec(
      OptimizerSpec optimizer, TrainingPosition start, Mask mask, EngineName engine) {
    TrainingSpec training = new TrainingSpec(1000, 60, optimizer, 100, 100);
    return new SessionSpec(
        training, SPLITS, start, mask, new DataOrder(SEEDS, 0), LearningRates.of(training), engine);
  }
}
