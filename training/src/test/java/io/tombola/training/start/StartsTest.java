package io.tombola.training.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.mask.MagnitudePruning;
import io.tombola.training.mask.Mask;
import org.junit.jupiter.api.Test;

class StartsTest {

  private final CampaignSpec campaign =
      TestCampaigns.campaign("starts", TestCampaigns.recipe(10, 10, 10));
  private final TicketStart initial = Starts.initial(campaign, 1);
  private final Mask mask =
      MagnitudePruning.prune(initial.theta0(), initial.mask(), campaign.pruning());

  @Test
  void theChainStartsDense() {
    assertTrue(initial.mask().isDense());
    assertEquals(initial, Starts.initial(campaign, 1));
    assertNotEquals(initial.theta0(), Starts.initial(campaign, 2).theta0());
  }

  @Test
  void theTicketGoesBackToTheSameBits() {
    Start start = prepare(3, Arm.TICKET);
    assertEquals(initial.theta0(), start.weights());
    assertSame(mask, start.mask());
  }

  @Test
  void reinitKeepsTheMaskAndDrawsTheWeights() {
    Start start = prepare(3, Arm.reinit(1));
    assertSame(mask, start.mask());
    assertNotEquals(initial.theta0(), start.weights());
    assertEquals(start, prepare(3, Arm.reinit(1)));
    assertNotEquals(start.weights(), prepare(3, Arm.reinit(2)).weights());
    assertNotEquals(start.weights(), prepare(4, Arm.reinit(1)).weights());
  }

  @Test
  void randomKeepsTheWeightsAndDrawsTheMask() {
    Start start = prepare(3, Arm.random(1));
    assertEquals(initial.theta0(), start.weights());
    assertNotEquals(mask, start.mask());
    assertEquals(mask.density(), start.mask().density());
    assertNotEquals(start.mask(), prepare(3, Arm.random(2)).mask());
  }

  private Start prepare(int round, Arm arm) {
    return Starts.prepare(campaign, 1, round, arm, Chain.of(initial.theta0()), mask);
  }
}
