package io.tombola.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.protocol.spec.RewindSpec.OptimizerHandling;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.StartingPoint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrialSetupTest {

  private static final double FULL = 0.1;
  private static final double LAST = 0.01;

  @Test
  void fineTuningHoldsTheLastLearningRate() {
    LearningRates rates = session(Mode.FINE_TUNE, 1, Arm.TICKET).rates();

    assertEquals(LAST, rates.at(20), 1e-12);
    assertEquals(LAST, rates.at(99), 1e-12);
  }

  @Test
  void theDenseNetworkIsNeverFineTuned() {
    LearningRates rates = session(Mode.FINE_TUNE, 0, Arm.TICKET).rates();

    assertEquals(FULL, rates.at(20), 1e-12);
    assertEquals(LAST, rates.at(99), 1e-12);
  }

  @Test
  void freshWeightsHaveNothingToBeFineTuned() {
    assertEquals(FULL, session(Mode.FINE_TUNE, 1, Arm.reinit(1)).rates().at(20), 1e-12);
    Arm sameSign = new Arm(Arm.Kind.SAME_SIGN, 1);
    assertEquals(FULL, session(Mode.FINE_TUNE, 1, sameSign).rates().at(20), 1e-12);
    assertEquals(LAST, session(Mode.FINE_TUNE, 1, Arm.random(1)).rates().at(20), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(names = {"WEIGHTS", "LEARNING_RATE"})
  void rewindingGoesThroughTheScheduleAgain(Mode mode) {
    LearningRates rates = session(mode, 1, Arm.TICKET).rates();

    assertEquals(FULL, rates.at(20), 1e-12);
    assertEquals(LAST, rates.at(80), 1e-12);
  }

  @Test
  void onlyCopiesSeeTheDataInAnotherOrder() {
    SessionSpec ticket = session(Mode.WEIGHTS, 1, Arm.TICKET);
    SessionSpec control = session(Mode.WEIGHTS, 1, Arm.reinit(2));
    SessionSpec copy = session(Mode.WEIGHTS, 1, new Arm(Arm.Kind.ORDER, 2));

    assertEquals(ticket.order(), control.order());
    assertEquals(2, copy.order().copy());
    assertFalse(
        Arrays.equals(ticket.order().permutation(0, 1000), copy.order().permutation(0, 1000)));
    assertTrue(
        Arrays.equals(ticket.order().permutation(0, 1000), new Seeds(7, 1).dataOrder(0, 1000)));
  }

  private static SessionSpec session(Mode mode, int round, Arm arm) {
    CampaignSpec campaign = campaign(mode);
    float[] zeros = new float[Networks.LENET_300_100.parameterCount()];
    StartingPoint start =
        StartingPoint.fresh(
            Weights.of(Networks.LENET_300_100, zeros), Mask.ones(Networks.LENET_300_100));
    DataSplits splits =
        DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, new Seeds(7, 1));
    return new TrialSetup(campaign, new TrialId("setup", 1, round, arm), start, EngineName.DL4J)
        .session(splits);
  }

  /** A tenth of the rate from iteration 60 of 100 on; rewound to 20. */
  private static CampaignSpec campaign(Mode mode) {
    ScheduleSpec step = new ScheduleSpec.Step(List.of(60), LAST / FULL, 0);
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, FULL, 0, 0, step);
    return new CampaignSpec(
        "setup",
        7,
        1,
        TestCampaigns.FASHION_MNIST,
        "lenet-300-100",
        new TrainingSpec(100, 60, sgd, 50, 50),
        TestCampaigns.PRUNING,
        new RewindSpec(mode, 20, OptimizerHandling.RESTORED),
        new ControlsSpec(2, 1));
  }
}
