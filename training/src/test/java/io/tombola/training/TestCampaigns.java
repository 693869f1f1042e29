package io.tombola.training;

import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.Dataset;
import io.tombola.training.data.Datasets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Campaigns that tests train, on the data set that ships inside. */
public final class TestCampaigns {

  /** LeNet's schedule: a fifth a round, a tenth in the output layer. */
  public static final PruningSpec PRUNING =
      new PruningSpec(
          PruningSpec.Schedule.ITERATIVE,
          20,
          new PruningSpec.Rates(0.2, 0.1),
          PruningSpec.Scope.LAYER,
          PruningSpec.Criterion.MAGNITUDE);

  /** The shipped data set, by name. */
  public static final DatasetSpec FASHION_MNIST =
      new DatasetSpec("fashion-mnist", Optional.empty());

  private TestCampaigns() {}

  /** The shipped data set, read once. */
  public static Dataset fashionMnist() {
    return Loaded.FASHION_MNIST;
  }

  /** Adam at LeNet's rate, batches of 60. */
  public static TrainingSpec recipe(int iterations, int evaluateEvery, int checkpointEvery) {
    return recipe(iterations, evaluateEvery, checkpointEvery, 1.2e-3);
  }

  /** Adam at any rate, batches of 60. */
  public static TrainingSpec recipe(
      int iterations, int evaluateEvery, int checkpointEvery, double learningRate) {
    OptimizerSpec adam = new OptimizerSpec(OptimizerSpec.Type.ADAM, learningRate);
    return new TrainingSpec(iterations, 60, adam, evaluateEvery, checkpointEvery);
  }

  /** One replicate of LeNet on the shipped data set. */
  public static CampaignSpec campaign(String name, TrainingSpec recipe) {
    return new CampaignSpec(
        name,
        7,
        1,
        FASHION_MNIST,
        "lenet-300-100",
        recipe,
        PRUNING,
        RewindSpec.TO_INITIALISATION,
        new ControlsSpec(1, 1));
  }

  /** The first replicate's ticket in a round. */
  public static TrialId ticket(CampaignSpec campaign, int round) {
    return new TrialId(campaign.name(), 1, round, Arm.TICKET);
  }

  private static final class Loaded {
    static final Dataset FASHION_MNIST =
        Datasets.load(
            TestCampaigns.FASHION_MNIST,
            new DataSources(Path.of("no-cache"), Map.of(), news -> {}));
  }
}
