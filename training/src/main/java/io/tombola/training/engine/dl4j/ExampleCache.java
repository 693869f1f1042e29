package io.tombola.training.engine.dl4j;

import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Split;
import java.util.HashMap;
import java.util.Map;

/**
 * The evaluation images of the splits in use, converted once for all trainings of a replicate.
 * Confined to its engine's thread.
 */
final class ExampleCache implements AutoCloseable {

  private final Map<Split, ExampleChunks> chunks = new HashMap<>();

  /** The images of a split. */
  ExampleChunks get(Split split, int values) {
    return chunks.computeIfAbsent(split, s -> new ExampleChunks(s, values));
  }

  /** Forgets what these splits do not use. */
  void retain(DataSplits splits) {
    chunks
        .entrySet()
        .removeIf(
            entry -> {
              boolean unused =
                  entry.getKey() != splits.validation() && entry.getKey() != splits.test();
              if (unused) {
                entry.getValue().close();
              }
              return unused;
            });
  }

  @Override
  public void close() {
    chunks.values().forEach(ExampleChunks::close);
    chunks.clear();
  }
}
