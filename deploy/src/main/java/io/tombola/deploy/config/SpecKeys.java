package io.tombola.deploy.config;

import io.tombola.protocol.spec.CampaignSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** A campaign as the keys and values of its file, in the file's order. */
final class SpecKeys {

  private SpecKeys() {}

  /** Values as they are written in a file; what is absent is left out. */
  static Map<String, String> of(CampaignSpec spec) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("name", spec.name());
    keys.put("seed", Long.toString(spec.seed()));
    keys.put("replicates", Integer.toString(spec.replicates()));
    keys.put("dataset.name", spec.dataset().name());
    spec.dataset().dir().ifPresent(dir -> keys.put("dataset.dir", dir));
    keys.put("network", spec.network());
    keys.put("training.iterations", Integer.toString(spec.training().iterations()));
    keys.put("training.batch-size", Integer.toString(spec.training().batchSize()));
    keys.put("training.optimizer.type", Fields.word(spec.training().optimizer().type()));
    keys.put(
        "training.optimizer.learning-rate",
        Double.toString(spec.training().optimizer().learningRate()));
    keys.put("training.evaluate-every", Integer.toString(spec.training().evaluateEvery()));
    keys.put("training.checkpoint-every", Integer.toString(spec.training().checkpointEvery()));
    keys.put("pruning.schedule", Fields.word(spec.pruning().schedule()));
    keys.put("pruning.rounds", Integer.toString(spec.pruning().rounds()));
    keys.put("pruning.rates.dense", Double.toString(spec.pruning().rates().dense()));
    keys.put("pruning.rates.output", Double.toString(spec.pruning().rates().output()));
    keys.put("pruning.scope", Fields.word(spec.pruning().scope()));
    keys.put("pruning.criterion", Fields.word(spec.pruning().criterion()));
    keys.put("rewind.to", Integer.toString(spec.rewind().to()));
    keys.put("rewind.optimizer", Fields.word(spec.rewind().optimizer()));
    keys.put("controls.reinit", Integer.toString(spec.controls().reinit()));
    keys.put("controls.random-mask", Integer.toString(spec.controls().randomMask()));
    return keys;
  }
}
