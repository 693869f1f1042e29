package io.tombola.training;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.Engine;
import io.tombola.training.start.InitialTicket;
import io.tombola.training.start.StartingPoint;
import io.tombola.training.start.StartingPoints;

/** The training of a campaign's dense network, on DL4J. */
final class DenseTraining {

  private DenseTraining() {}

  static TrialTraining start(Engine engine, DataSplits splits, CampaignSpec campaign) {
    InitialTicket start = StartingPoints.initial(campaign, 1);
    return TrialTraining.start(
        engine,
        splits,
        new TrialSetup(
            campaign,
            TestCampaigns.ticket(campaign, 0),
            StartingPoint.fresh(start.theta0(), start.mask()),
            EngineName.DL4J));
  }
}
