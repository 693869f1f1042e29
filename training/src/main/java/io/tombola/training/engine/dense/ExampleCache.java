package io.tombola.training.engine.dense;

import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Split;
import io.tombola.training.network.Network;
import java.util.HashMap;
import java.util.Map;

/**
 * The evaluation images of the splits in use, converted once for all trainings of a replicate.
 * Confined to its engine's thread.
 */
final class ExampleCache implements AutoCloseable {

  private record Key(Split split, Network network) {}

  private final Map<Key, ExampleChunks> chunks = new HashMap<>();

  /** The images of a split, in chunks of this many examples, always the same for a network. */
  ExampleChunks get(Split split, Network network, int examples) {
    return chunks.computeIfAbsent(
        new Key(split, network), key -> new ExampleChunks(split, network, examples));
  }

  /** Forgets what a training of this network on these splits does not use. */
  void retain(DataSplits splits, Network network) {
    chunks
        .entrySet()
        .removeIf(
            entry -> {
              Key key = entry.getKey();
              boolean used =
                  key.network().equals(network)
                      && (key.split() == splits.validation() || key.split() == splits.test());
              if (!used) {
                entry.getValue().close();
              }
              return !used;
            });
  }

  @Override
  public void close() {
    chunks.values().forEach(ExampleChunks::close);
    chunks.clear();
  }
}
