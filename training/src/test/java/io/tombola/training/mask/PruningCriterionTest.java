package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Input;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruningCriterionTest {

  @ParameterizedTest
  @EnumSource
  void scoresTheInputThatTheCampaignPlansWith(Criterion criterion) {
    Input input =
        PruningCriterion.of(criterion) instanceof PruningCriterion.OfTraining
            ? Input.TRAINING
            : Input.INITIALISATION;
    assertEquals(criterion.input(), input);
  }
}
