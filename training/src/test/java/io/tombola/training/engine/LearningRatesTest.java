package io.tombola.training.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRatesTest {

  private static final ScheduleSpec STEPS = new ScheduleSpec.Step(List.of(3, 5), 0.5, 0);

  @Test
  void constantIsOneRateThroughout() {
    expect(rates(ScheduleSpec.constant()), 8, 8, 8, 8, 8, 8, 8);
  }

  @Test
  void stepsScaleFromEachMilestoneOn() {
    expect(rates(STEPS), 8, 8, 8, 4, 4, 2, 2);
  }

  @Test
  void warmUpRisesInEqualStepsToTheFullRate() {
    expect(rates(new ScheduleSpec.Constant(4)), 2, 4, 6, 8, 8, 8, 8);
  }

  @Test
  void warmUpAndStepsMultiply() {
    expect(rates(new ScheduleSpec.Step(List.of(3, 5), 0.5, 4)), 2, 4, 6, 4, 4, 2, 2);
  }

  /**
   * By hand: half of 8 is reached at half of the iterations, 4 + 4 cos(60 degrees) = 6 at a third.
   */
  @Test
  void cosineFallsFromTheFullRateToZero() {
    LearningRates rates = LearningRates.of(training(new ScheduleSpec.Cosine(0), 6));
    double[] byHand = {8, 4 + 2 * Math.sqrt(3), 6, 4, 2, 4 - 2 * Math.sqrt(3), 0};
    for (int i = 0; i < byHand.length; i++) {
      assertEquals(byHand[i], rates.at(i), 1e-12, "iteration " + i);
    }
  }

  @Test
  void cosineFallsOverTheIterationsAfterTheWarmUp() {
    LearningRates rates = LearningRates.of(training(new ScheduleSpec.Cosine(4), 10));
    double[] byHand = {2, 4, 6, 8, 8, 4 + 2 * Math.sqrt(3), 6, 4, 2, 4 - 2 * Math.sqrt(3)};
    for (int i = 0; i < byHand.length; i++) {
      assertEquals(byHand[i], rates.at(i), 1e-12, "iteration " + i);
    }
  }

  @Test
  void aWarmUpLongerThanTheTrainingLeavesNoCosine() {
    expect(LearningRates.of(training(new ScheduleSpec.Cosine(8), 4)), 1, 2, 3, 4);
  }

  @Test
  void lastHoldsTheRateThatTheScheduleEndsWith() {
    expect(LearningRates.last(training(STEPS, 5)), 4, 4, 4, 4, 4, 4, 4);
    expect(LearningRates.last(training(STEPS, 6)), 2, 2, 2, 2, 2, 2, 2);
    double last = 4 - 2 * Math.sqrt(3);
    LearningRates cosine = LearningRates.last(training(new ScheduleSpec.Cosine(0), 6));
    assertEquals(last, cosine.at(0), 1e-12);
    assertEquals(last, cosine.at(5), 1e-12);
  }

  private static TrainingSpec training(ScheduleSpec schedule, int iterations) {
    OptimizerSpec optimizer = new OptimizerSpec(OptimizerSpec.Type.SGD, 8, 0, 0, schedule);
    return new TrainingSpec(iterations, 60, optimizer, 100, 100);
  }

  private static LearningRates rates(ScheduleSpec schedule) {
    return LearningRates.of(training(schedule, 7));
  }

  private static void expect(LearningRates rates, double... expected) {
    double[] found = IntStream.range(0, expected.length).mapToDouble(rates::at).toArray();
    assertArrayEquals(expected, found);
  }
}
