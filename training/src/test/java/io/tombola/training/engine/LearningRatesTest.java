package io.tombola.training.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRatesTest {

  private static final ScheduleSpec STEPS =
      new ScheduleSpec(ScheduleSpec.Type.STEP, List.of(3, 5), 0.5, 0);

  @Test
  void constantIsOneRateThroughout() {
    expect(rates(ScheduleSpec.CONSTANT), 8, 8, 8, 8, 8, 8, 8);
  }

  @Test
  void stepsScaleFromEachMilestoneOn() {
    expect(rates(STEPS), 8, 8, 8, 4, 4, 2, 2);
  }

  @Test
  void warmUpRisesInEqualStepsToTheFullRate() {
    expect(
        rates(new ScheduleSpec(ScheduleSpec.Type.CONSTANT, List.of(), 0.5, 4)),
        2,
        4,
        6,
        8,
        8,
        8,
        8);
  }

  @Test
  void warmUpAndStepsMultiply() {
    expect(
        rates(new ScheduleSpec(ScheduleSpec.Type.STEP, List.of(3, 5), 0.5, 4)),
        2,
        4,
        6,
        4,
        4,
        2,
        2);
  }

  @Test
  void lastHoldsTheRateThatTheScheduleEndsWith() {
    expect(LearningRates.last(optimizer(STEPS), 5), 4, 4, 4, 4, 4, 4, 4);
    expect(LearningRates.last(optimizer(STEPS), 6), 2, 2, 2, 2, 2, 2, 2);
  }

  private static OptimizerSpec optimizer(ScheduleSpec schedule) {
    return new OptimizerSpec(OptimizerSpec.Type.SGD, 8, 0, 0, schedule);
  }

  private static LearningRates rates(ScheduleSpec schedule) {
    return LearningRates.of(optimizer(schedule));
  }

  private static void expect(LearningRates rates, double... expected) {
    double[] found = IntStream.range(0, expected.length).mapToDouble(rates::at).toArray();
    assertArrayEquals(expected, found);
  }
}
