package io.tombola.deploy.config;

import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.Datasets;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.network.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The block {@code campaign} as the records of the protocol. */
final class CampaignConfigReader {

  private CampaignConfigReader() {}

  /**
   * Reads the campaign.
   *
   * @throws BadConfigException for the first value that cannot be
   */
  static CampaignSpec read(ConfigReader fields) {
    try {
      CampaignSpec campaign =
          new CampaignSpec(
              fields.text("campaign.name"),
              fields.longNumber("campaign.seed"),
              fields.wholeNumber("campaign.replicates"),
              dataset(fields),
              String.join(", ", fields.list("campaign.network")),
              training(fields),
              pruning(fields),
              rewind(fields),
              controls(fields),
              analysis(fields));
      EngineSelection.check(campaign.training().engine(), Networks.of(campaign));
      return campaign;
    } catch (InvalidSpecException e) {
      String complaint = e.getMessage().substring(e.key().length() + ": ".length());
      throw fields.complaint("campaign." + e.key(), complaint);
    }
  }

  private static DatasetSpec dataset(ConfigReader fields) {
    String name = fields.choice("campaign.dataset.name", Datasets.names());
    Optional<String> dir = fields.optionalText("campaign.dataset.dir");
    if (dir.isPresent() && !Files.isDirectory(Path.of(dir.get()))) {
      throw fields.complaint(
          "campaign.dataset.dir",
          "expected a directory with the files of " + name + ", found no directory " + dir.get(),
          "name one by --set dataset.dir=DIR");
    }
    if (dir.isEmpty() && Datasets.needsDirectory(name)) {
      throw fields.complaint(
          "campaign.dataset.name",
          name + " is a file format: expected dataset.dir, found none",
          "name the directory with its files by --set dataset.dir=DIR");
    }
    return new DatasetSpec(
        name,
        dir,
        fields.choice("campaign.dataset.normalize", DatasetSpec.Normalization.class),
        fields.wholeNumber("campaign.dataset.validation"),
        fields.optionalWholeNumber("campaign.dataset.train-limit"),
        fields.optionalWholeNumber("campaign.dataset.test-limit"));
  }

  private static TrainingSpec training(ConfigReader fields) {
    return new TrainingSpec(
        fields.wholeNumber("campaign.training.iterations"),
        fields.wholeNumber("campaign.training.batch-size"),
        new OptimizerSpec(
            fields.choice("campaign.training.optimizer.type", OptimizerSpec.Type.class),
            fields.decimal("campaign.training.optimizer.learning-rate"),
            fields.decimal("campaign.training.optimizer.momentum"),
            fields.decimal("campaign.training.optimizer.weight-decay"),
            ScheduleSpec.of(
                new ScheduleSpec.Settings(
                    fields.choice(
                        "campaign.training.optimizer.schedule.type", ScheduleSpec.Type.class),
                    fields.wholeNumbers("campaign.training.optimizer.schedule.milestones"),
                    fields.decimal("campaign.training.optimizer.schedule.factor"),
                    fields.wholeNumber("campaign.training.optimizer.schedule.warm-up")))),
        fields.wholeNumber("campaign.training.evaluate-every"),
        fields.wholeNumber("campaign.training.checkpoint-every"),
        fields.choice("campaign.training.engine", EngineChoice.class),
        fields.optionalWholeNumber("campaign.training.test-every"));
  }

  private static PruningSpec pruning(ConfigReader fields) {
    return new PruningSpec(
        fields.choice("campaign.pruning.schedule", PruningSpec.Schedule.class),
        fields.wholeNumber("campaign.pruning.rounds"),
        fields.optionalDecimal("campaign.pruning.target-percent"),
        new PruningSpec.Rates(
            fields.decimal("campaign.pruning.rates.dense"),
            fields.decimal("campaign.pruning.rates.conv"),
            fields.decimal("campaign.pruning.rates.output"),
            fields.decimal("campaign.pruning.rates.global")),
        fields.choice("campaign.pruning.scope", PruningSpec.Scope.class),
        fields.choice("campaign.pruning.criterion", PruningSpec.Criterion.class));
  }

  private static RewindSpec rewind(ConfigReader fields) {
    return new RewindSpec(
        fields.choice("campaign.rewind.mode", RewindSpec.Mode.class),
        fields.wholeNumber("campaign.rewind.to"),
        fields.choice("campaign.rewind.optimizer", RewindSpec.OptimizerHandling.class));
  }

  private static ControlsSpec controls(ConfigReader fields) {
    return new ControlsSpec(
        fields.wholeNumber("campaign.controls.reinit"),
        fields.wholeNumber("campaign.controls.random-mask"),
        fields.wholeNumber("campaign.controls.layer-shuffle"),
        fields.wholeNumber("campaign.controls.same-sign"),
        fields.yes("campaign.controls.one-shot"));
  }

  private static AnalysisSpec analysis(ConfigReader fields) {
    return new AnalysisSpec(
        new AnalysisSpec.Instability(
            fields.wholeNumber("campaign.analysis.instability.copies"),
            fields.wholeNumbers("campaign.analysis.instability.rounds"),
            fields.wholeNumber("campaign.analysis.instability.points")),
        fields.yes("campaign.analysis.early-bird"));
  }
}
