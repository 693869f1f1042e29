package io.tombola.actors;

import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.TrainingSpec;
import java.util.Optional;

/** Campaigns that end in seconds. */
public final class TestCampaigns {

  private TestCampaigns() {}

  /** The same campaign, with another pruning. */
  public static CampaignSpec with(CampaignSpec c, PruningSpec pruning) {
    return with(c, pruning, c.rewind(), c.controls(), c.analysis());
  }

  /** The same campaign, with another rewind. */
  public static CampaignSpec with(CampaignSpec c, RewindSpec rewind) {
    return with(c, c.pruning(), rewind, c.controls(), c.analysis());
  }

  /** The same campaign with other controls. */
  public static CampaignSpec with(CampaignSpec c, ControlsSpec controls) {
    return with(c, c.pruning(), c.rewind(), controls, c.analysis());
  }

  /** The same campaign, with another analysis. */
  public static CampaignSpec with(CampaignSpec c, AnalysisSpec analysis) {
    return with(c, c.pruning(), c.rewind(), c.controls(), analysis);
  }

  /** The same campaign, with another training. */
  public static CampaignSpec with(CampaignSpec c, TrainingSpec training) {
    return new CampaignSpec(
        c.name(),
        c.seed(),
        c.replicates(),
        c.dataset(),
        c.network(),
        training,
        c.pruning(),
        c.rewind(),
        c.controls(),
        c.analysis());
  }

  private static CampaignSpec with(
      CampaignSpec c,
      PruningSpec pruning,
      RewindSpec rewind,
      ControlsSpec controls,
      AnalysisSpec analysis) {
    return new CampaignSpec(
        c.name(),
        c.seed(),
        c.replicates(),
        c.dataset(),
        c.network(),
        c.training(),
        pruning,
        rewind,
        controls,
        analysis);
  }

  /** Two replicates of a small network on a part of Fashion-MNIST, one reinit, 60 iterations. */
  public static CampaignSpec small(String name, int rounds) {
    return new CampaignSpec(
        name,
        7,
        2,
        new DatasetSpec(
            "fashion-mnist",
            Optional.empty(),
            DatasetSpec.Normalization.NONE,
            200,
            Optional.of(4000),
            Optional.of(200)),
        "dense 30, dense 20, dense 10",
        new TrainingSpec(60, 60, new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3), 30, 20),
        new PruningSpec(
            PruningSpec.Schedule.ITERATIVE,
            rounds,
            new PruningSpec.Rates(0.2, 0.1),
            PruningSpec.Scope.LAYER,
            PruningSpec.Criterion.MAGNITUDE),
        RewindSpec.TO_INITIALISATION,
        new ControlsSpec(1, 0));
  }
}
