package io.tombola.deploy.bench.campaign;

import io.tombola.deploy.bench.campaign.CpuAccounting.Part;

/**
 * The CPU time of a part as a linear function of the campaign's size, from three campaigns.
 *
 * @param once seconds for a campaign of any size
 * @param perTraining seconds for each trial
 * @param perIteration seconds for each iteration
 */
record CostFit(double once, double perTraining, double perIteration) {

  /**
   * Solves for the three coefficients.
   *
   * @param trainingSecondsPerIteration converts the broker's seconds to iterations
   * @param slots that share the broker's CPU time
   */
  static CostFit of(
      Part part, ThreeCampaigns campaigns, double trainingSecondsPerIteration, int slots) {
    MeasuredCampaign base = campaigns.base();
    MeasuredCampaign longer = campaigns.longer();
    MeasuredCampaign more = campaigns.more();
    double perUnit =
        (longer.seconds(part) - base.seconds(part)) / (longer.units(part) - base.units(part));
    double perTraining =
        (more.seconds(part) - base.seconds(part) - perUnit * (more.units(part) - base.units(part)))
            / (more.trainings() - base.trainings());
    double once = base.seconds(part) - perUnit * base.units(part) - perTraining * base.trainings();
    double perIteration =
        part == Part.BROKER ? perUnit * trainingSecondsPerIteration / slots : perUnit;
    return new CostFit(once, perTraining, perIteration);
  }

  /** Seconds of a campaign of so many trials and iterations of all trials. */
  double seconds(int trainings, double iterations) {
    return once + trainings * perTraining + iterations * perIteration;
  }

  /**
   * The campaigns that a fit needs.
   *
   * @param longer has more iterations of each trial than {@code base}
   * @param more has more trials than {@code base}
   */
  record ThreeCampaigns(MeasuredCampaign base, MeasuredCampaign longer, MeasuredCampaign more) {

    double trainingSecondsPerIteration() {
      return (longer.trainingSeconds() - base.trainingSeconds())
          / (longer.iterations() - base.iterations());
    }
  }
}
