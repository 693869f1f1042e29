package io.tombola.training.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MaskedAdamTest {

  private static final int COUNT = 1000;

  @Test
  void prunedWeightsAreExactlyZeroAfterEveryUpdate() {
    float[] keep = new float[COUNT];
    float[] parameters = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      keep[i] = i % 3 == 0 ? 1 : 0;
      parameters[i] = keep[i];
    }
    MaskedAdam adam = new MaskedAdam(1e-2, parameters, keep);
    for (int iteration = 1; iteration <= 50; iteration++) {
      for (int i = 0; i < COUNT; i++) {
        adam.gradients[i] = (i % 2 == 0 ? -1 : 1) * (1f + i) / iteration;
      }
      adam.update(0, COUNT, adam.stepSize(iteration));
      for (int i = 0; i < COUNT; i++) {
        if (keep[i] == 0) {
          assertEquals(0, Float.floatToRawIntBits(parameters[i]));
          assertEquals(0, Float.floatToRawIntBits(adam.firstMoments[i]));
          assertEquals(0, Float.floatToRawIntBits(adam.secondMoments[i]));
        } else {
          assertNotEquals(1f, parameters[i]);
        }
      }
    }
  }

  @Test
  void momentsNeverComeNearSubnormalNumbers() {
    MaskedAdam adam = new MaskedAdam(1e-3, new float[] {1}, new float[] {1});
    adam.gradients[0] = 1e-3f;
    adam.update(0, 1, adam.stepSize(1));
    adam.gradients[0] = 0;
    for (int iteration = 2; iteration <= 50_000; iteration++) {
      adam.update(0, 1, adam.stepSize(iteration));
      for (float moment : new float[] {adam.firstMoments[0], adam.secondMoments[0]}) {
        assertTrue(moment == 0 || moment >= 0x1.0p-97f);
      }
    }
    assertTrue(adam.firstMoments[0] < 1e-28f);
    assertTrue(adam.secondMoments[0] < 1e-26f);
  }

  @Test
  void firstStepIsTheLearningRate() {
    MaskedAdam adam = new MaskedAdam(1e-3, new float[] {0, 0}, new float[] {1, 1});
    adam.gradients[0] = 0.5f;
    adam.gradients[1] = -2f;
    adam.update(0, 2, adam.stepSize(1));
    assertEquals(-1e-3f, adam.parameters[0], 1e-8f);
    assertEquals(1e-3f, adam.parameters[1], 1e-8f);
  }
}
