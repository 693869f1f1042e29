package io.tombola.training.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.data.Split;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Engines;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.Measurement;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SessionTest {

  private static final Seeds SEEDS = new Seeds(7, 1);
  private static final DataSplits SPLITS =
      DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, SEEDS);
  private static final ImageShape IMAGE = new ImageShape(28, 28, 1);
  private static final Network NETWORK =
      Networks.of(
          "conv 4, batch-norm, dropout 0.1, max-pool 4, conv 6, dropout 0.2, dense 16, batch-norm,"
              + " dropout 0.5, dense 10",
          IMAGE,
          10);

  private static Engine engine;

  @BeforeAll
  static void open() {
    Engines engines = Engines.detect(1);
    engine = engines.open(engines.devices().get(0));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @EnumSource
  void resumingAnywhereLeavesNoTrace(OptimizerSpec.Type type) {
    OptimizerSpec optimizer =
        new OptimizerSpec(
            type, 1e-2, 0.9, 1e-2, new ScheduleSpec(ScheduleSpec.Type.STEP, List.of(5, 9), 0.5, 3));
    List<TrainingPosition> positions = new ArrayList<>();
    try (TrainingSession session = engine.open(spec(optimizer, start(0), half()))) {
      for (int i = 0; i < 6; i++) {
        positions.add(session.position());
        session.advance(2);
      }
      positions.add(session.position());
    }
    TrainingPosition end = positions.get(6);
    assertEquals(12, end.iteration());
    assertEquals(12, end.optimizer().steps());
    for (TrainingPosition position : positions) {
      try (TrainingSession started = engine.open(spec(optimizer, position, half()));
          TrainingSession restored = engine.open(spec(optimizer, start(0), half()))) {
        if (position.iteration() == 4) {
          started.evaluate(SPLITS.validation());
        }
        started.advance(12 - position.iteration());
        assertEquals(end, started.position());
        restored.advance(3);
        restored.restore(position);
        restored.advance(12 - position.iteration());
        assertEquals(end, restored.position());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void prunedWeightsAndTheirMomentsAreExactlyZero(OptimizerSpec.Type type) {
    OptimizerSpec optimizer = new OptimizerSpec(type, 1e-2, 0.9, 0.1, ScheduleSpec.CONSTANT);
    Mask mask = half();
    float[] ones = new float[NETWORK.parameterCount()];
    Arrays.fill(ones, 1);
    int moments = momentCount(type);
    OptimizerState dirty =
        new OptimizerState(3, IntStream.range(0, moments).mapToObj(m -> ones).toList());
    TrainingPosition from = new TrainingPosition(4, start(0).weights(), dirty);
    try (TrainingSession session = engine.open(spec(optimizer, from, mask))) {
      for (int i = 0; i < 3; i++) {
        assertZeros(session.position(), mask.multipliers());
        session.advance(1);
      }
      assertEquals(7, session.iteration());
      assertEquals(6, session.position().optimizer().steps());
      assertEquals(moments, session.position().optimizer().moments().size());
      session.restore(from);
      assertZeros(session.position(), mask.multipliers());
    }
  }

  private static void assertZeros(TrainingPosition position, float[] keep) {
    List<float[]> arrays = new ArrayList<>(position.optimizer().moments());
    arrays.add(position.weights().toArray());
    int survivors = 0;
    for (float[] array : arrays) {
      for (int i = 0; i < keep.length; i++) {
        if (keep[i] == 0) {
          assertEquals(0, Float.floatToRawIntBits(array[i]));
        } else {
          survivors += array[i] == 0 ? 0 : 1;
        }
      }
    }
    assertTrue(survivors > NETWORK.prunableCount() / 4);
  }

  @Test
  void namesTheFirstLayerThatIsNotFinite() {
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 1e-3);
    for (int broken = NETWORK.layers().size() - 1; broken >= 0; broken--) {
      float[] values = start(0).weights().toArray();
      for (int l = broken; l < NETWORK.layers().size(); l++) {
        values[NETWORK.biasOffset(l)] = Float.NaN;
      }
      TrainingPosition from =
          new TrainingPosition(0, Weights.of(NETWORK, values), OptimizerState.FRESH);
      Optional<String> name = Optional.of(NETWORK.layers().get(broken).name());
      try (TrainingSession session = engine.open(spec(sgd, from, Mask.ones(NETWORK)))) {
        DivergedException e = assertThrows(DivergedException.class, () -> session.advance(3));
        assertEquals(name, e.layer());
        assertEquals(0, e.iteration());
        assertEquals(0, session.iteration(), "the step was not done");
        Measurement measurement = session.measure(SPLITS.validation());
        while (!measurement.done()) {
          measurement.next();
        }
        assertFalse(Double.isFinite(measurement.result().lossNats()));
        assertEquals(name, measurement.brokenLayer());
      }
    }
  }

  @Test
  void aLayerWhoseActivationsOverflowIsNamedThoughAllWeightsAreFinite() {
    float[] values = start(0).weights().toArray();
    int last = NETWORK.layers().size() - 1;
    Arrays.fill(values, NETWORK.weightOffset(last), NETWORK.biasOffset(last), Float.MAX_VALUE);
    TrainingPosition from =
        new TrainingPosition(0, Weights.of(NETWORK, values), OptimizerState.FRESH);
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 1e-3);
    try (TrainingSession session = engine.open(spec(sgd, from, Mask.ones(NETWORK)))) {
      DivergedException e = assertThrows(DivergedException.class, () -> session.advance(1));
      assertEquals(Optional.of("output"), e.layer());
    }
  }

  @Test
  void decayMovesWeightsOnly() {
    float[] plain = afterOneStep(0);
    float[] decayed = afterOneStep(0.5);
    float[] start = start(0).weights().toArray();
    int weights = 0;
    for (int l = 0; l < NETWORK.layers().size(); l++) {
      for (int i = 0; i < NETWORK.layers().get(l).weightCount(); i++, weights++) {
        int at = NETWORK.weightOffset(l) + i;
        assertEquals(plain[at] - 0.1f * 0.5f * start[at], decayed[at], 1e-6f);
        plain[at] = decayed[at];
      }
    }
    assertEquals(NETWORK.prunableCount(), weights);
    assertEquals(Weights.of(NETWORK, plain), Weights.of(NETWORK, decayed));
  }

  private static float[] afterOneStep(double decay) {
    OptimizerSpec sgd =
        new OptimizerSpec(OptimizerSpec.Type.SGD, 0.1, 0, decay, ScheduleSpec.CONSTANT);
    try (TrainingSession session = engine.open(spec(sgd, start(0), Mask.ones(NETWORK)))) {
      session.advance(1);
      return session.weights().toArray();
    }
  }

  @Test
  void biasCorrectionCountsStepsAndNotIterations() {
    OptimizerSpec adam = new OptimizerSpec(OptimizerSpec.Type.ADAM, 1e-3);
    Weights start = start(0).weights();
    try (TrainingSession session = engine.open(spec(adam, start(500), Mask.ones(NETWORK)))) {
      session.advance(1);
      // Without history every step of Adam is the learning rate.
      assertEquals(1e-3, largestStep(start, session.weights()), 1e-6);
      assertEquals(501, session.iteration());
    }
  }

  private static double largestStep(Weights from, Weights to) {
    return IntStream.range(0, NETWORK.layers().get(1).weightCount())
        .mapToDouble(i -> Math.abs(from.weight(1, i) - to.weight(1, i)))
        .max()
        .orElseThrow();
  }

  @Test
  void scheduleAndDataFollowTheIteration() {
    ScheduleSpec halves = new ScheduleSpec(ScheduleSpec.Type.STEP, List.of(5), 0.5, 0);
    OptimizerSpec scheduled = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.5, 0, 0, halves);
    OptimizerSpec constant = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.25);
    assertEquals(afterOneStep(constant, 5), afterOneStep(scheduled, 5));
    assertNotEquals(afterOneStep(constant, 4), afterOneStep(scheduled, 4));
    assertNotEquals(afterOneStep(constant, 5), afterOneStep(constant, 6));
  }

  private static Weights afterOneStep(OptimizerSpec optimizer, int iteration) {
    TrainingPosition from = start(iteration);
    try (TrainingSession session = engine.open(spec(optimizer, from, Mask.ones(NETWORK)))) {
      session.advance(1);
      return session.weights();
    }
  }

  /** 5,000 examples, in chunks of which the last is not full. */
  @Test
  void evaluationIsThatOfDl4j() {
    Network network = Networks.of("conv 16, batch-norm, max-pool 7, dense 10", IMAGE, 10);
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.1);
    Weights weights = Weights.of(network, Dl4jOracle.randomParameters(network));
    MultiLayerNetwork theirs = Dl4jParameters.networkOf(weights, sgd);
    TrainingPosition position = new TrainingPosition(0, weights, OptimizerState.FRESH);
    Split split = SPLITS.validation();
    double loss = 0;
    int correct = 0;
    for (int first = 0; first < split.size(); first += 500) {
      float[] images = new float[500 * 784];
      for (int i = 0; i < 500; i++) {
        split.gather(first + i, images, i * 784);
      }
      INDArray outputs = theirs.output(Nd4j.create(images, new long[] {500, 1, 28, 28}, 'c'));
      for (int i = 0; i < 500; i++) {
        int label = split.label(first + i);
        loss -= Math.log(outputs.getDouble(i, label));
        correct += outputs.getRow(i).argMax().getInt(0) == label ? 1 : 0;
      }
    }
    try (TrainingSession session = engine.open(spec(sgd, position, Mask.ones(network)))) {
      Evaluation ours = session.evaluate(split);
      assertEquals(loss / split.size(), ours.lossNats(), 1e-5 * ours.lossNats());
      assertEquals(100.0 * correct / split.size(), ours.accuracyPercent(), 0.021);
      assertEquals(ours, session.evaluate(split));
      assertEquals(weights, session.weights());
    }
  }

  private static int momentCount(OptimizerSpec.Type type) {
    return switch (type) {
      case ADAM -> 2;
      case MOMENTUM -> 1;
      case SGD -> 0;
    };
  }

  private static TrainingPosition start(int iteration) {
    Weights weights = Weights.of(NETWORK, Dl4jOracle.randomParameters(NETWORK));
    return new TrainingPosition(iteration, weights, OptimizerState.FRESH);
  }

  /** Every other weight. */
  private static Mask half() {
    List<BitSet> layers = new ArrayList<>();
    for (Network.Layer layer : NETWORK.layers()) {
      BitSet bits = new BitSet();
      IntStream.range(0, layer.weightCount()).filter(i -> i % 2 == 1).forEach(bits::set);
      layers.add(bits);
    }
    return Mask.of(NETWORK, layers);
  }

  private static SessionSpec spec(OptimizerSpec optimizer, TrainingPosition start, Mask mask) {
    TrainingSpec recipe = new TrainingSpec(1000, 20, optimizer, 100, 100);
    return new SessionSpec(
        recipe,
        SPLITS,
        start,
        mask,
        new DataOrder(SEEDS, 0),
        LearningRates.of(optimizer),
        EngineName.DL4J);
  }
}
