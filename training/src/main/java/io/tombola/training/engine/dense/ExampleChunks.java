package io.tombola.training.engine.dense;

import io.tombola.training.data.Split;
import io.tombola.training.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A split's images, cut into chunks that are evaluated at once. Where the first layer is a product
 * with them, they are kept in the backend's memory; otherwise each is gathered when asked for.
 */
final class ExampleChunks implements AutoCloseable {

  private final Split split;
  private final int examples;
  private final int values;
  private final Activations gathered;
  private final List<Activations> kept = new ArrayList<>();

  /**
   * Cuts a split.
   *
   * @param examples how many a chunk has room for
   */
  ExampleChunks(Split split, Network network, int examples) {
    this.split = split;
    this.examples = examples;
    values = network.inputs();
    gathered = new Activations(examples, values);
    if (ForwardPass.startsDense(network)) {
      for (int c = 0; c < count(); c++) {
        kept.add(Activations.inBackend(examples, values, gather(c).array()));
      }
    }
  }

  /** How many chunks there are. */
  int count() {
    return (split.size() + examples - 1) / examples;
  }

  /** How many examples a chunk has; only the last may have fewer than it has room for. */
  int size(int chunk) {
    return Math.min(examples, split.size() - chunk * examples);
  }

  /** A chunk's images, [examples][values], zeros after the last; valid until the next call. */
  Activations images(int chunk) {
    return kept.isEmpty() ? gather(chunk) : kept.get(chunk);
  }

  private Activations gather(int chunk) {
    float[] into = gathered.array();
    int size = size(chunk);
    for (int r = 0; r < size; r++) {
      split.gather(chunk * examples + r, into, r * values);
    }
    Arrays.fill(into, size * values, into.length, 0);
    gathered.changed();
    return gathered;
  }

  @Override
  public void close() {
    gathered.close();
    kept.forEach(Activations::close);
  }
}
