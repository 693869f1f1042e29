package io.tombola.deploy.config;

import io.tombola.protocol.spec.AnalysisSpec.Instability;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** A campaign as the keys and values of its file, in the file's order. */
public final class SpecProperties {

  private SpecProperties() {}

  /** Values as they are written in a file; what is absent is left out. */
  public static Map<String, String> of(CampaignSpec spec) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("name", spec.name());
    keys.put("seed", Long.toString(spec.seed()));
    keys.put("replicates", Integer.toString(spec.replicates()));
    dataset(spec.dataset(), keys);
    keys.put("network", spec.network());
    training(spec.training(), keys);
    pruning(spec.pruning(), keys);
    keys.put("rewind.mode", ConfigReader.word(spec.rewind().mode()));
    keys.put("rewind.to", Integer.toString(spec.rewind().to()));
    keys.put("rewind.optimizer", ConfigReader.word(spec.rewind().optimizer()));
    keys.put("controls.reinit", Integer.toString(spec.controls().reinit()));
    keys.put("controls.random-mask", Integer.toString(spec.controls().randomMask()));
    keys.put("controls.layer-shuffle", Integer.toString(spec.controls().layerShuffle()));
    keys.put("controls.same-sign", Integer.toString(spec.controls().sameSign()));
    keys.put("controls.one-shot", Boolean.toString(spec.controls().oneShot()));
    Instability instability = spec.analysis().instability();
    keys.put("analysis.instability.copies", Integer.toString(instability.copies()));
    keys.put("analysis.instability.rounds", instability.rounds().toString());
    keys.put("analysis.instability.points", Integer.toString(instability.points()));
    keys.put("analysis.early-bird", Boolean.toString(spec.analysis().earlyBird()));
    return keys;
  }

  private static void dataset(DatasetSpec dataset, Map<String, String> keys) {
    keys.put("dataset.name", dataset.name());
    dataset.dir().ifPresent(dir -> keys.put("dataset.dir", dir));
    keys.put("dataset.normalize", ConfigReader.word(dataset.normalization()));
    keys.put("dataset.validation", Integer.toString(dataset.validationExamples()));
    dataset
        .trainExamples()
        .ifPresent(limit -> keys.put("dataset.train-limit", Integer.toString(limit)));
    dataset
        .testExamples()
        .ifPresent(limit -> keys.put("dataset.test-limit", Integer.toString(limit)));
  }

  private static void training(TrainingSpec training, Map<String, String> keys) {
    OptimizerSpec optimizer = training.optimizer();
    ScheduleSpec.Settings schedule = optimizer.schedule().settings();
    keys.put("training.iterations", Integer.toString(training.iterations()));
    keys.put("training.batch-size", Integer.toString(training.batchSize()));
    keys.put("training.optimizer.type", ConfigReader.word(optimizer.type()));
    keys.put("training.optimizer.learning-rate", Double.toString(optimizer.learningRate()));
    keys.put("training.optimizer.momentum", Double.toString(optimizer.momentum()));
    keys.put("training.optimizer.weight-decay", Double.toString(optimizer.weightDecay()));
    keys.put("training.optimizer.schedule.type", ConfigReader.word(schedule.type()));
    keys.put("training.optimizer.schedule.milestones", schedule.milestones().toString());
    keys.put("training.optimizer.schedule.factor", Double.toString(schedule.factor()));
    keys.put("training.optimizer.schedule.warm-up", Integer.toString(schedule.warmUp()));
    keys.put("training.evaluate-every", Integer.toString(training.evaluateEvery()));
    training
        .testEvery()
        .ifPresent(every -> keys.put("training.test-every", Integer.toString(every)));
    keys.put("training.checkpoint-every", Integer.toString(training.checkpointEvery()));
    keys.put("training.engine", ConfigReader.word(training.engine()));
  }

  private static void pruning(PruningSpec pruning, Map<String, String> keys) {
    keys.put("pruning.schedule", ConfigReader.word(pruning.schedule()));
    keys.put("pruning.rounds", Integer.toString(pruning.rounds()));
    pruning
        .targetPercent()
        .ifPresent(target -> keys.put("pruning.target-percent", Double.toString(target)));
    keys.put("pruning.rates.dense", Double.toString(pruning.rates().dense()));
    keys.put("pruning.rates.conv", Double.toString(pruning.rates().conv()));
    keys.put("pruning.rates.output", Double.toString(pruning.rates().output()));
    keys.put("pruning.rates.global", Double.toString(pruning.rates().global()));
    keys.put("pruning.scope", ConfigReader.word(pruning.scope()));
    keys.put("pruning.criterion", ConfigReader.word(pruning.criterion()));
  }
}
