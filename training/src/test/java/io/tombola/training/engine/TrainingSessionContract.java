package io.tombola.training.engine;

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
import io.tombola.training.engine.device.Engines;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine's sessions promise. */
public abstract class TrainingSessionContract {

  private static final Engines ENGINES = Engines.detect(1);
  private static final Seeds SEEDS = new Seeds(7, 1);
  private static final DataSplits SPLITS =
      DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, SEEDS);
  private final Network network;
  private final EngineName name;
  private static final int ITERATIONS = 1000;

  private Engine engine;

  /** What an engine called {@code name} promises, on a network. */
  protected TrainingSessionContract(EngineName name, Network network) {
    this.name = name;
    this.network = network;
  }

  @BeforeEach
  void open() {
    engine = ENGINES.open(ENGINES.devices().get(0));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @EnumSource
  void resumingAnywhereLeavesNoTrace(OptimizerSpec.Type type) {
    resumingAnywhereLeavesNoTrace(
        new OptimizerSpec(type, 1e-2, 0.9, 1e-2, new ScheduleSpec.Step(List.of(5, 9), 0.5, 3)));
  }

  @Test
  void resumingAlongACosineLeavesNoTrace() {
    resumingAnywhereLeavesNoTrace(
        new OptimizerSpec(OptimizerSpec.Type.SGD, 1e-2, 0, 1e-2, new ScheduleSpec.Cosine(3)));
  }

  private void resumingAnywhereLeavesNoTrace(OptimizerSpec optimizer) {
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
    OptimizerSpec optimizer = new OptimizerSpec(type, 1e-2, 0.9, 0.1, ScheduleSpec.constant());
    Mask mask = half();
    float[] ones = new float[network.parameterCount()];
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

  private void assertZeros(TrainingPosition position, float[] keep) {
    List<float[]> arrays = new ArrayList<>(position.optimizer().moments());
    arrays.add(position.weights().toArray());
    int nonZero = 0;
    for (float[] array : arrays) {
      for (int i = 0; i < keep.length; i++) {
        if (keep[i] == 0) {
          assertEquals(0, Float.floatToRawIntBits(array[i]));
        } else {
          nonZero += array[i] == 0 ? 0 : 1;
        }
      }
    }
    assertTrue(nonZero > network.prunableCount() / 4);
  }

  @Test
  void namesTheFirstLayerThatIsNotFinite() {
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 1e-3);
    for (int broken = network.prunableLayers().size() - 1; broken >= 0; broken--) {
      float[] values = start(0).weights().toArray();
      for (int l = broken; l < network.prunableLayers().size(); l++) {
        values[network.biasOffset(l)] = Float.NaN;
      }
      TrainingPosition from =
          new TrainingPosition(0, Weights.of(network, values), OptimizerState.FRESH);
      Optional<String> layer = Optional.of(network.prunableLayers().get(broken).name());
      try (TrainingSession session = engine.open(spec(sgd, from, Mask.ones(network)))) {
        DivergedException e = assertThrows(DivergedException.class, () -> session.advance(3));
        assertEquals(layer, e.layer());
        assertEquals(0, e.iteration());
        assertEquals(0, session.iteration(), "the step was not done");
        Measurement measurement = session.measure(SPLITS.validation());
        while (!measurement.done()) {
          measurement.next();
        }
        assertFalse(Double.isFinite(measurement.result().lossNats()));
        assertEquals(layer, measurement.brokenLayer());
      }
    }
  }

  @Test
  void aLayerWhoseActivationsOverflowIsNamedThoughAllWeightsAreFinite() {
    float[] values = start(0).weights().toArray();
    int last = network.prunableLayers().size() - 1;
    Arrays.fill(values, network.weightOffset(last), network.biasOffset(last), Float.MAX_VALUE);
    TrainingPosition from =
        new TrainingPosition(0, Weights.of(network, values), OptimizerState.FRESH);
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 1e-3);
    try (TrainingSession session = engine.open(spec(sgd, from, Mask.ones(network)))) {
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
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      for (int i = 0; i < network.prunableLayers().get(l).weightCount(); i++, weights++) {
        int at = network.weightOffset(l) + i;
        assertEquals(plain[at] - 0.1f * 0.5f * start[at], decayed[at], 1e-6f);
        plain[at] = decayed[at];
      }
    }
    assertEquals(network.prunableCount(), weights);
    assertEquals(Weights.of(network, plain), Weights.of(network, decayed));
  }

  private float[] afterOneStep(double decay) {
    OptimizerSpec sgd =
        new OptimizerSpec(OptimizerSpec.Type.SGD, 0.1, 0, decay, ScheduleSpec.constant());
    try (TrainingSession session = engine.open(spec(sgd, start(0), Mask.ones(network)))) {
      session.advance(1);
      return session.weights().toArray();
    }
  }

  @Test
  void biasCorrectionCountsStepsAndNotIterations() {
    OptimizerSpec adam = new OptimizerSpec(OptimizerSpec.Type.ADAM, 1e-3);
    Weights start = start(0).weights();
    try (TrainingSession session = engine.open(spec(adam, start(500), Mask.ones(network)))) {
      session.advance(1);
      // Without history every step of Adam is the learning rate.
      assertEquals(1e-3, largestStep(start, session.weights()), 1e-6);
      assertEquals(501, session.iteration());
    }
  }

  private double largestStep(Weights from, Weights to) {
    return IntStream.range(0, network.prunableLayers().get(1).weightCount())
        .mapToDouble(i -> Math.abs(from.weight(1, i) - to.weight(1, i)))
        .max()
        .orElseThrow();
  }

  @Test
  void scheduleAndDataFollowTheIteration() {
    ScheduleSpec halves = new ScheduleSpec.Step(List.of(5), 0.5, 0);
    OptimizerSpec scheduled = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.5, 0, 0, halves);
    OptimizerSpec constant = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.25);
    assertEquals(afterOneStep(constant, 5), afterOneStep(scheduled, 5));
    assertNotEquals(afterOneStep(constant, 4), afterOneStep(scheduled, 4));
    assertNotEquals(afterOneStep(constant, 5), afterOneStep(constant, 6));
  }

  @Test
  void aCosineEndsAtTheTrainingsLastIteration() {
    OptimizerSpec cosine =
        new OptimizerSpec(OptimizerSpec.Type.SGD, 0.5, 0, 0, new ScheduleSpec.Cosine(0));
    OptimizerSpec half = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.25);
    assertEquals(afterOneStep(half, ITERATIONS / 2), afterOneStep(cosine, ITERATIONS / 2));
    assertNotEquals(
        afterOneStep(half, ITERATIONS / 2 + 1), afterOneStep(cosine, ITERATIONS / 2 + 1));
  }

  private Weights afterOneStep(OptimizerSpec optimizer, int iteration) {
    TrainingPosition from = start(iteration);
    try (TrainingSession session = engine.open(spec(optimizer, from, Mask.ones(network)))) {
      session.advance(1);
      return session.weights();
    }
  }

  private static int momentCount(OptimizerSpec.Type type) {
    return switch (type) {
      case ADAM -> 2;
      case MOMENTUM -> 1;
      case SGD -> 0;
    };
  }

  private TrainingPosition start(int iteration) {
    Weights weights = Weights.of(network, RandomParameters.draw(network));
    return new TrainingPosition(iteration, weights, OptimizerState.FRESH);
  }

  /** Every other weight. */
  private Mask half() {
    List<BitSet> layers = new ArrayList<>();
    for (Network.PrunableLayer layer : network.prunableLayers()) {
      BitSet bits = new BitSet();
      IntStream.range(0, layer.weightCount()).filter(i -> i % 2 == 1).forEach(bits::set);
      layers.add(bits);
    }
    return Mask.of(network, layers);
  }

  private SessionSpec spec(OptimizerSpec optimizer, TrainingPosition start, Mask mask) {
    TrainingSpec recipe = new TrainingSpec(ITERATIONS, 20, optimizer, 100, 100);
    return new SessionSpec(
        recipe, SPLITS, start, mask, new DataOrder(SEEDS, 0), LearningRates.of(recipe), name);
  }
}
