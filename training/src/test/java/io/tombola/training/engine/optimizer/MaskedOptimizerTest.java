package io.tombola.training.engine.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

class MaskedOptimizerTest {

  private static final int COUNT = 1000;

  @ParameterizedTest
  @EnumSource
  void prunedWeightsAreExactlyZeroAfterEveryUpdate(OptimizerSpec.Type type) {
    float[] keep = new float[COUNT];
    float[] parameters = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      keep[i] = i % 3 == 0 ? 1 : 0;
      parameters[i] = keep[i];
    }
    MaskedOptimizer optimizer = MaskedOptimizer.of(new OptimizerSpec(type, 1e-2), parameters, keep);
    for (int iteration = 1; iteration <= 50; iteration++) {
      for (int i = 0; i < COUNT; i++) {
        optimizer.gradients[i] = (i % 2 == 0 ? -1 : 1) * (1f + i) / iteration;
      }
      optimizer.begin(1e-2);
      optimizer.update(0, COUNT, 0.1f);
      for (int i = 0; i < COUNT; i++) {
        if (keep[i] == 0) {
          assertEquals(0, Float.floatToRawIntBits(parameters[i]));
          for (float[] moment : optimizer.state().moments()) {
            assertEquals(0, Float.floatToRawIntBits(moment[i]));
          }
        } else {
          assertNotEquals(1f, parameters[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADAM", "MOMENTUM"})
  void momentsNeverComeNearSubnormalNumbers(OptimizerSpec.Type type) {
    MaskedOptimizer optimizer = single(new OptimizerSpec(type, 1e-3), 1);
    optimizer.gradients[0] = 1e-3f;
    step(optimizer, 0);
    optimizer.gradients[0] = 0;
    for (int iteration = 2; iteration <= 50_000; iteration++) {
      step(optimizer, 0);
      for (int m = 0; m < optimizer.state().moments().size(); m++) {
        float moment = optimizer.moment(m)[0];
        assertTrue(moment == 0 || moment >= 0x1.0p-97f);
      }
    }
    assertTrue(optimizer.moment(0)[0] < 1e-26f);
  }

  @Test
  void noGradientHoweverSmallLeavesASubnormalMoment() {
    MaskedOptimizer optimizer = single(new OptimizerSpec(OptimizerSpec.Type.ADAM, 1e-3), 1);
    for (double gradient = 1; gradient > Float.MIN_NORMAL; gradient *= 0.7) {
      optimizer.gradients[0] = (float) gradient;
      optimizer.restore(OptimizerState.FRESH);
      optimizer.begin(1e-3);
      optimizer.update(0, 1, 0);
      for (float[] moment : optimizer.state().moments()) {
        assertTrue(
            moment[0] == 0 || moment[0] >= 0x1p-97f, gradient + " left a moment of " + moment[0]);
      }
    }
  }

  @Test
  void adamsFirstStepIsTheLearningRate() {
    MaskedAdam adam = new MaskedAdam(new float[] {0, 0}, new float[] {1, 1});
    adam.gradients[0] = 0.5f;
    adam.gradients[1] = -2f;
    adam.begin(1e-3);
    adam.update(0, 2, 0);
    assertArrayEquals(new float[] {-1e-3f, 1e-3f}, adam.parameters, 1e-8f);
  }

  @Test
  void adamAgreesWithDl4jsUpdater() {
    float[] keep = new float[COUNT];
    Arrays.fill(keep, 1);
    MaskedAdam adam = new MaskedAdam(new float[COUNT], keep);
    INDArray state = Nd4j.zeros(DataType.FLOAT, 1, 2L * COUNT);
    GradientUpdater<?> updater = new Adam(1.2e-3).instantiate(state, true);
    float[] theirs = new float[COUNT];
    RandomStream stream = new Seeds(1, 1).stream("gradient");
    for (int iteration = 1; iteration <= 5; iteration++) {
      for (int i = 0; i < COUNT; i++) {
        adam.gradients[i] = (float) stream.nextGaussian();
      }
      adam.begin(1.2e-3);
      adam.update(0, COUNT, 0);
      INDArray step = Nd4j.create(adam.gradients.clone(), new long[] {1, COUNT}, 'c');
      updater.applyUpdater(step, iteration - 1, 0);
      float[] steps = step.data().asFloat();
      for (int i = 0; i < COUNT; i++) {
        theirs[i] -= steps[i];
      }
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < COUNT; i++) {
      difference += Math.pow(adam.parameters[i] - theirs[i], 2);
      norm += Math.pow(theirs[i], 2);
    }
    assertTrue(Math.sqrt(difference / norm) < 1e-5);
  }

  @Test
  void gradientDescentFollowsTheGradientAndTheDecay() {
    MaskedOptimizer sgd = single(new OptimizerSpec(OptimizerSpec.Type.SGD, 0.5), 2);
    sgd.gradients[0] = 1;
    sgd.begin(0.5);
    sgd.update(0, 1, 0);
    assertEquals(1.5f, sgd.parameters[0]);
    // 1.5 - 0.25 * (1 + 0.5 * 1.5)
    sgd.begin(0.25);
    sgd.update(0, 1, 0.5f);
    assertEquals(1.0625f, sgd.parameters[0]);
    assertEquals(new OptimizerState(2, List.of()), sgd.state());
  }

  @Test
  void momentumTakesPartOfTheLastStepAgain() {
    MaskedMomentum momentum = new MaskedMomentum(0.5, new float[] {2}, new float[] {1});
    momentum.gradients[0] = 1;
    momentum.begin(0.5);
    momentum.update(0, 1, 0);
    assertEquals(1.5f, momentum.parameters[0]);
    // v = 0.5 * 1 + (1 + 0.5 * 1.5) = 2.25; the rate is of the step, not of the velocity.
    momentum.begin(0.25);
    momentum.update(0, 1, 0.5f);
    assertEquals(1.5f - 0.25f * 2.25f, momentum.parameters[0]);
    assertEquals(new OptimizerState(2, List.of(new float[] {2.25f})), momentum.state());
  }

  @Test
  void decayIsPartOfAdamsGradient() {
    MaskedAdam plain = new MaskedAdam(new float[] {4}, new float[] {1});
    plain.gradients[0] = 1 + 0.25f * 4;
    plain.begin(1e-3);
    plain.update(0, 1, 0);
    MaskedAdam decaying = new MaskedAdam(new float[] {4}, new float[] {1});
    decaying.gradients[0] = 1;
    decaying.begin(1e-3);
    decaying.update(0, 1, 0.25f);
    assertEquals(plain.state(), decaying.state());
    assertArrayEquals(plain.parameters, decaying.parameters);
  }

  @Test
  void restoredMomentsAreMasked() {
    MaskedAdam adam = new MaskedAdam(new float[] {1, 0}, new float[] {1, 0});
    adam.restore(new OptimizerState(7, List.of(new float[] {2, -3}, new float[] {4, 5})));
    assertEquals(
        new OptimizerState(7, List.of(new float[] {2, 0}, new float[] {4, 0})), adam.state());
    adam.restore(OptimizerState.FRESH);
    assertEquals(
        new OptimizerState(0, List.of(new float[] {0, 0}, new float[] {0, 0})), adam.state());
  }

  @Test
  void momentsOfAnotherRuleAreRefused() {
    OptimizerState one = new OptimizerState(7, List.of(new float[] {2}));
    MaskedOptimizer adam = single(new OptimizerSpec(OptimizerSpec.Type.ADAM, 1e-3), 1);
    assertThrows(IllegalArgumentException.class, () -> adam.restore(one));
    MaskedOptimizer sgd = single(new OptimizerSpec(OptimizerSpec.Type.SGD, 1e-3), 1);
    assertThrows(IllegalArgumentException.class, () -> sgd.restore(one));
  }

  private static MaskedOptimizer single(OptimizerSpec spec, float parameter) {
    return MaskedOptimizer.of(spec, new float[] {parameter}, new float[] {1});
  }

  private static void step(MaskedOptimizer optimizer, float decay) {
    optimizer.begin(1e-3);
    optimizer.update(0, optimizer.parameters.length, decay);
  }
}
