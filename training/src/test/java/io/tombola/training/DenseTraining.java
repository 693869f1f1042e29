package io.tombola.training;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.Engine;
import io.tombola.training.start.Start;
import io.tombola.training.start.Starts;
import io.tombola.training.start.TicketStart;

/** The training of a campaign's dense network, on DL4J. */
final class DenseTraining {

  private DenseTraining() {}

  static TrialTraining start(Engine engine, DataSplits splits, CampaignSpec campaign) {
    TicketStart start = Starts.initial(campaign, 1);
    return TrialTraining.start(
        engine,
        splits,
        new TrialSetup(
            campaign,
            TestCampaigns.ticket(campaign, 0),
            Start.fresh(start.theta0(), start.mask()),
            EngineName.DL4J));
  }
}
