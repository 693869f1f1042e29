package io.tombola.training.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import io.tombola.protocol.Arm.Kind;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.PruningSpec.Scope;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.training.TestCampaigns;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.SparsitySchedule;
import io.tombola.training.mask.WeightChange;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartingPointsTest {

  private static final int ROUND = 3;
  private static final RewindSpec TO_INITIALISATION = RewindSpec.TO_INITIALISATION;
  private static final RewindSpec RESTORED =
      new RewindSpec(Mode.WEIGHTS, 4, RewindSpec.OptimizerHandling.RESTORED);
  private static final RewindSpec FRESH =
      new RewindSpec(Mode.WEIGHTS, 4, RewindSpec.OptimizerHandling.FRESH);
  private static final RewindSpec LEARNING_RATE =
      new RewindSpec(Mode.LEARNING_RATE, 4, RewindSpec.OptimizerHandling.FRESH);
  private static final RewindSpec FINE_TUNE =
      new RewindSpec(Mode.FINE_TUNE, 5, RewindSpec.OptimizerHandling.FRESH);
  private static final RewindSpec CONTINUED =
      new RewindSpec(Mode.CONTINUED, 0, RewindSpec.OptimizerHandling.FRESH);
  private static final List<RewindSpec> ALL =
      List.of(TO_INITIALISATION, RESTORED, FRESH, LEARNING_RATE, FINE_TUNE, CONTINUED);

  private static final Seeds SEEDS = new Seeds(7, 1);
  private static final InitialTicket INITIAL =
      StartingPoints.initial(campaign(TO_INITIALISATION), 1);
  private static final Weights THETA_0 = INITIAL.theta0();
  private static final Network NETWORK = THETA_0.network();
  private static final Weights PREVIOUS = draw("previous");
  private static final WeightChange DENSE = new WeightChange(THETA_0, draw("dense"));
  private static final TrainingPosition POINT =
      new TrainingPosition(
          4,
          draw("point"),
          new OptimizerState(4, List.of(draw("m").toArray(), draw("v").toArray())));
  private static final ChainArtifacts CHAIN =
      new ChainArtifacts(THETA_0, Optional.of(POINT), Optional.of(PREVIOUS), Optional.of(DENSE));
  private static final Mask MASK = mask();

  @Test
  void theChainStartsDense() {
    assertEquals(Mask.ones(INITIAL.mask().network()), INITIAL.mask());
    assertEquals(INITIAL, StartingPoints.initial(campaign(TO_INITIALISATION), 1));
    assertNotEquals(THETA_0, StartingPoints.initial(campaign(TO_INITIALISATION), 2).theta0());
  }

  @Test
  void theTicketGoesBackToTheSameBits() {
    StartingPoint start = prepare(TO_INITIALISATION, Arm.TICKET);
    assertPosition(0, THETA_0, OptimizerState.FRESH, start);
    assertSame(MASK, start.mask());
  }

  @Test
  void lateRewindingTakesUpTheRewindPoint() {
    assertPosition(4, POINT.weights(), POINT.optimizer(), prepare(RESTORED, Arm.TICKET));
    assertPosition(4, POINT.weights(), OptimizerState.FRESH, prepare(FRESH, Arm.TICKET));
  }

  @Test
  void learningRateRewindingAndFineTuningKeepWhatWasTrained() {
    assertPosition(4, PREVIOUS, OptimizerState.FRESH, prepare(LEARNING_RATE, Arm.TICKET));
    assertPosition(5, PREVIOUS, OptimizerState.FRESH, prepare(FINE_TUNE, Arm.TICKET));
    assertSame(MASK, prepare(FINE_TUNE, Arm.TICKET).mask());
  }

  @Test
  void besideAContinuedChainTicketsStartAtTheInitialisation() {
    assertPosition(0, THETA_0, OptimizerState.FRESH, prepare(CONTINUED, Arm.TICKET));
    StartingPoint continued = prepare(CONTINUED, Arm.CONTINUED);
    assertPosition(0, PREVIOUS, OptimizerState.FRESH, continued);
    assertSame(MASK, continued.mask());
  }

  @Test
  void theDenseRoundStartsAtTheInitialisationInEveryMode() {
    Mask ones = Mask.ones(NETWORK);
    for (RewindSpec rewind : ALL) {
      for (Arm arm : List.of(Arm.TICKET, new Arm(Kind.ORDER, 1))) {
        StartingPoint start =
            StartingPoints.prepare(campaign(rewind), 1, 0, arm, ChainArtifacts.of(THETA_0), ones);
        assertPosition(0, THETA_0, OptimizerState.FRESH, start);
        assertSame(ones, start.mask());
      }
    }
  }

  @Test
  void copiesUnderAnotherOrderStartAsTheTicketDoes() {
    for (RewindSpec rewind : ALL) {
      assertEquals(prepare(rewind, Arm.TICKET), prepare(rewind, new Arm(Kind.ORDER, 2)));
    }
  }

  @Test
  void oneShotPrunesTheDenseNetworkAtOnce() {
    for (RewindSpec rewind : List.of(TO_INITIALISATION, RESTORED, FRESH)) {
      StartingPoint start = prepare(rewind, Arm.ONE_SHOT);
      assertEquals(prepare(rewind, Arm.TICKET).position(), start.position());
      assertEquals(Pruning.oneShot(campaign(rewind).pruning(), SEEDS, ROUND, DENSE), start.mask());
      assertNotEquals(MASK, start.mask());
      assertEquals(MASK.density(), start.mask().density());
    }
    assertPosition(4, DENSE.after(), OptimizerState.FRESH, prepare(LEARNING_RATE, Arm.ONE_SHOT));
    assertPosition(5, DENSE.after(), OptimizerState.FRESH, prepare(FINE_TUNE, Arm.ONE_SHOT));
  }

  @Test
  void randomKeepsTheTicketsPositionAndDrawsItsMaskOverTheWholeNetwork() {
    for (RewindSpec rewind : ALL) {
      assertEquals(
          prepare(rewind, Arm.TICKET).position(), prepare(rewind, Arm.random(1)).position());
    }
    Mask random = prepare(TO_INITIALISATION, Arm.random(1)).mask();
    assertEquals(MASK.density().remaining(), random.density().remaining());
    // The ticket keeps 51 % and 73 % of the first and the last layer; chance keeps the same of all.
    assertNotEquals(MASK.density(), random.density());
    assertNotEquals(random, prepare(TO_INITIALISATION, Arm.random(2)).mask());
  }

  @Test
  void shuffledKeepsTheTicketsPositionAndEveryLayersCount() {
    Arm shuffled = new Arm(Kind.SHUFFLED, 1);
    for (RewindSpec rewind : ALL) {
      assertEquals(prepare(rewind, Arm.TICKET).position(), prepare(rewind, shuffled).position());
    }
    Mask mask = prepare(TO_INITIALISATION, shuffled).mask();
    assertEquals(MASK.density(), mask.density());
    assertNotEquals(MASK, mask);
    assertNotEquals(mask, prepare(TO_INITIALISATION, new Arm(Kind.SHUFFLED, 2)).mask());
  }

  @Test
  void reinitKeepsTheMaskAndDrawsTheWeights() {
    Weights drawn = GlorotNormal.draw(NETWORK, SEEDS.stream("reinit", ROUND, 1));
    for (RewindSpec rewind : ALL) {
      StartingPoint start = prepare(rewind, Arm.reinit(1));
      assertPosition(0, drawn, OptimizerState.FRESH, start);
      assertSame(MASK, start.mask());
    }
    assertNotEquals(drawn, prepare(RESTORED, Arm.reinit(2)).weights());
  }

  @Test
  void sameSignKeepsTheMaskAndTheSignsAndDrawsTheMagnitudes() {
    Weights drawn = GlorotNormal.draw(NETWORK, SEEDS.stream("same-sign", ROUND, 1));
    for (RewindSpec rewind : ALL) {
      StartingPoint start = prepare(rewind, new Arm(Kind.SAME_SIGN, 1));
      assertSame(MASK, start.mask());
      assertPosition(0, start.weights(), OptimizerState.FRESH, start);
      for (int l = 0; l < NETWORK.prunableLayers().size(); l++) {
        for (int i = 0; i < NETWORK.prunableLayers().get(l).weightCount(); i++) {
          float weight = start.weights().weight(l, i);
          assertEquals(Math.abs(drawn.weight(l, i)), Math.abs(weight));
          assertEquals(Math.signum(THETA_0.weight(l, i)), Math.signum(weight));
        }
      }
    }
  }

  @Test
  void whatTheChainLacksIsNamed() {
    assertLacks("the weights of iteration 4", RESTORED, Arm.TICKET);
    assertLacks("the weights trained last", FINE_TUNE, Arm.TICKET);
    assertLacks("the weights trained last", CONTINUED, Arm.CONTINUED);
    assertLacks("the dense network's training", TO_INITIALISATION, Arm.ONE_SHOT);
    RewindSpec other = new RewindSpec(Mode.WEIGHTS, 5, RewindSpec.OptimizerHandling.FRESH);
    assertThrows(IllegalArgumentException.class, () -> prepare(other, Arm.TICKET));
  }

  private static void assertLacks(String part, RewindSpec rewind, Arm arm) {
    ChainArtifacts chain = ChainArtifacts.of(THETA_0);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> StartingPoints.prepare(campaign(rewind), 1, ROUND, arm, chain, MASK));
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  private static void assertPosition(
      int iteration, Weights weights, OptimizerState optimizer, StartingPoint start) {
    assertEquals(new TrainingPosition(iteration, weights, optimizer), start.position());
  }

  private static StartingPoint prepare(RewindSpec rewind, Arm arm) {
    return StartingPoints.prepare(campaign(rewind), 1, ROUND, arm, CHAIN, MASK);
  }

  private static CampaignSpec campaign(RewindSpec rewind) {
    PruningSpec pruning =
        new PruningSpec(
            Schedule.ITERATIVE, 5, new Rates(0.2, 0.1), Scope.LAYER, Criterion.MAGNITUDE);
    return new CampaignSpec(
        "starts",
        7,
        1,
        TestCampaigns.FASHION_MNIST,
        "dense 20, dense 10",
        TestCampaigns.recipe(10, 10, 10),
        pruning,
        rewind,
        new ControlsSpec(1, 1));
  }

  private static Weights draw(String purpose) {
    return GlorotNormal.draw(NETWORK, SEEDS.stream(purpose));
  }

  /** A mask of the round's density that the dense network's training would not give. */
  private static Mask mask() {
    Mask mask = INITIAL.mask();
    PruningSpec pruning = campaign(TO_INITIALISATION).pruning();
    for (int round = 1; round <= ROUND; round++) {
      mask = Pruning.next(pruning, SEEDS, round, mask, new WeightChange(THETA_0, PREVIOUS));
    }
    assertEquals(
        SparsitySchedule.of(pruning, NETWORK).get(ROUND).layers().orElseThrow(), mask.density());
    return mask;
  }
}
