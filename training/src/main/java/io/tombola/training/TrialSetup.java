package io.tombola.training;

import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.StartingPoint;
import java.util.Optional;

/**
 * Everything that a trial depends on but the data.
 *
 * @param engine what computes it
 * @param ticket final weights of the ticket that a copy under another data order is compared with
 */
public record TrialSetup(
    CampaignSpec campaign,
    TrialId trial,
    StartingPoint start,
    EngineName engine,
    Optional<Weights> ticket) {

  /** A trial that is compared with nothing. */
  public TrialSetup(CampaignSpec campaign, TrialId trial, StartingPoint start, EngineName engine) {
    this(campaign, trial, start, engine, Optional.empty());
  }

  /** The replicate's random numbers. */
  public Seeds seeds() {
    return new Seeds(campaign.seed(), trial.replicate());
  }

  SessionSpec session(DataSplits splits) {
    int copy = trial.arm().kind() == Arm.Kind.ORDER ? trial.arm().draw() : 0;
    return new SessionSpec(
        campaign.training(),
        splits,
        start.position(),
        start.mask(),
        new DataOrder(seeds(), copy),
        rates(),
        engine);
  }

  private LearningRates rates() {
    boolean fineTuned =
        campaign.rewind().mode() == Mode.FINE_TUNE && trial.round() > 0 && !hasFreshWeights();
    return fineTuned
        ? LearningRates.last(campaign.training())
        : LearningRates.of(campaign.training());
  }

  /** Whether its weights are freshly drawn, so that there is nothing to fine-tune. */
  private boolean hasFreshWeights() {
    return switch (trial.arm().kind()) {
      case REINIT, SAME_SIGN -> true;
      case TICKET, RANDOM, SHUFFLED, ONE_SHOT, CONTINUED, ORDER -> false;
    };
  }

  /** Whether later rounds are rewound to a point of this training. */
  boolean hasRewindPoint() {
    return campaign.rewind().toTrainedWeights() && trial.round() == 0 && trial.arm().isTicket();
  }

  /** Whether the distance between successive masks is part of its curve. */
  boolean tracksEarlyBird() {
    return campaign.analysis().earlyBird() && trial.arm().isTicket();
  }
}
