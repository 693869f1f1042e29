package io.tombola.training.start;

import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.RandomMask;
import io.tombola.training.mask.WeightChange;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.Optional;

/** Rewinding and the controls: where every arm of every round starts. */
public final class StartingPoints {

  private StartingPoints() {}

  /** θ0 and the dense mask of a replicate (from 1). */
  public static InitialTicket initial(CampaignSpec campaign, int replicate) {
    Network network = Networks.of(campaign);
    Seeds seeds = new Seeds(campaign.seed(), replicate);
    Weights theta0 = GlorotNormal.draw(network, seeds.stream("initialisation"));
    return new InitialTicket(theta0, Mask.ones(network));
  }

  /**
   * Where one arm of a round starts.
   *
   * @param replicate from 1
   * @param round 0 is the dense network
   * @param chain what the replicate has trained so far
   * @param roundMask the ticket's mask in this round
   * @throws IllegalArgumentException if the chain lacks what this starting point needs
   */
  public static StartingPoint prepare(
      CampaignSpec campaign,
      int replicate,
      int round,
      Arm arm,
      ChainArtifacts chain,
      Mask roundMask) {
    Seeds seeds = new Seeds(campaign.seed(), replicate);
    RewindSpec rewind = campaign.rewind();
    return switch (arm.kind()) {
      // Another order of the data makes the copy differ, not its start.
      case TICKET, ORDER -> new StartingPoint(ticket(rewind, round, chain), roundMask);
      case RANDOM ->
          new StartingPoint(
              ticket(rewind, round, chain),
              RandomMask.draw(roundMask, seeds.stream("random-mask", round, arm.draw())));
      case SHUFFLED ->
          new StartingPoint(
              ticket(rewind, round, chain),
              RandomMask.shuffleLayers(
                  roundMask, seeds.stream("layer-shuffle", round, arm.draw())));
      case ONE_SHOT -> oneShot(campaign, seeds, round, chain);
      case CONTINUED ->
          StartingPoint.fresh(required(chain.previous(), "the weights trained last"), roundMask);
      case REINIT ->
          StartingPoint.fresh(
              GlorotNormal.draw(roundMask.network(), seeds.stream("reinit", round, arm.draw())),
              roundMask);
      case SAME_SIGN ->
          StartingPoint.fresh(
              sameSign(chain.theta0(), seeds.stream("same-sign", round, arm.draw())), roundMask);
    };
  }

  private static TrainingPosition ticket(RewindSpec rewind, int round, ChainArtifacts chain) {
    return round == 0 ? atStart(chain.theta0()) : rewound(rewind, chain, chain.previous());
  }

  private static StartingPoint oneShot(
      CampaignSpec campaign, Seeds seeds, int round, ChainArtifacts chain) {
    WeightChange dense = required(chain.dense(), "the dense network's training");
    return new StartingPoint(
        rewound(campaign.rewind(), chain, Optional.of(dense.after())),
        Pruning.oneShot(campaign.pruning(), seeds, round, dense));
  }

  private static TrainingPosition rewound(
      RewindSpec rewind, ChainArtifacts chain, Optional<Weights> trained) {
    return switch (rewind.mode()) {
      case WEIGHTS -> rewind.to() == 0 ? atStart(chain.theta0()) : atRewindPoint(rewind, chain);
      case LEARNING_RATE, FINE_TUNE ->
          new TrainingPosition(
              rewind.to(), required(trained, "the weights trained last"), OptimizerState.FRESH);
      case CONTINUED -> atStart(chain.theta0());
    };
  }

  private static TrainingPosition atStart(Weights weights) {
    return new TrainingPosition(0, weights, OptimizerState.FRESH);
  }

  private static TrainingPosition atRewindPoint(RewindSpec rewind, ChainArtifacts chain) {
    TrainingPosition point =
        required(chain.rewindPoint(), "the weights of iteration " + rewind.to());
    if (point.iteration() != rewind.to()) {
      throw new IllegalArgumentException(
          "expected a rewind point of iteration %d, found one of %d"
              .formatted(rewind.to(), point.iteration()));
    }
    return rewind.optimizer() == RewindSpec.OptimizerHandling.RESTORED
        ? point
        : new TrainingPosition(point.iteration(), point.weights(), OptimizerState.FRESH);
  }

  /** Freshly drawn weights, each with the sign of θ0's (Zhou et al. 2019, section 4). */
  private static Weights sameSign(Weights theta0, RandomStream stream) {
    Network network = theta0.network();
    float[] signs = theta0.toArray();
    float[] values = GlorotNormal.draw(network, stream).toArray();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      for (int i = network.weightOffset(l); i < network.biasOffset(l); i++) {
        values[i] = Math.copySign(values[i], signs[i]);
      }
    }
    return Weights.of(network, values);
  }

  private static <T> T required(Optional<T> part, String what) {
    return part.orElseThrow(
        () -> new IllegalArgumentException("expected " + what + " to start from, found none"));
  }
}
