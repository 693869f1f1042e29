package io.tombola.training.start;

import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.RandomMask;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;

/** Rewinding and the controls: where every arm of every round starts. */
public final class Starts {

  private Starts() {}

  /** θ0 and the dense mask of a replicate (from 1). */
  public static TicketStart initial(CampaignSpec campaign, int replicate) {
    Network network = Networks.of(campaign);
    Seeds seeds = new Seeds(campaign.seed(), replicate);
    Weights theta0 = GlorotNormal.draw(network, seeds.stream("initialisation"));
    return new TicketStart(theta0, Mask.ones(network));
  }

  /**
   * Where one arm of a round starts: the ticket at θ0 under the round's mask, reinit under the same
   * mask with weights of its own, random at θ0 under a mask of its own.
   *
   * @param replicate from 1
   * @param round 0 is the dense network
   * @param chain what the replicate has trained so far
   * @param roundMask the ticket's mask in this round
   */
  public static Start prepare(
      CampaignSpec campaign, int replicate, int round, Arm arm, Chain chain, Mask roundMask) {
    Seeds seeds = new Seeds(campaign.seed(), replicate);
    Network network = roundMask.network();
    return switch (arm.kind()) {
      case TICKET -> Start.fresh(chain.theta0(), roundMask);
      case REINIT ->
          Start.fresh(
              GlorotNormal.draw(network, seeds.stream("reinit", round, arm.draw())), roundMask);
      case RANDOM ->
          Start.fresh(
              chain.theta0(),
              RandomMask.draw(network, roundMask, seeds.stream("random-mask", round, arm.draw())));
      case SHUFFLED, SAME_SIGN, ONE_SHOT, CONTINUED, ORDER ->
          throw new UnsupportedOperationException(arm.toString());
    };
  }
}
