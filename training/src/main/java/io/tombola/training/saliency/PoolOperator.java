package io.tombola.training.saliency;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;

/** The operator of a pooling layer. */
final class PoolOperator {

  private PoolOperator() {}

  static Operator of(Layer.Pool pool) {
    return switch (pool.kind()) {
      case MAX -> new SelectionOperator(input -> largest(pool, input));
    };
  }

  private static int[] largest(Layer.Pool pool, double[] input) {
    ImageShape out = pool.output();
    int[] chosen = new int[out.values()];
    for (int i = 0; i < chosen.length; i++) {
      int channel = i % out.channels();
      int column = i / out.channels() % out.width() * pool.size();
      int row = i / out.channels() / out.width() * pool.size();
      chosen[i] =
          largest(pool, input, (row * pool.input().width() + column) * out.channels() + channel);
    }
    return chosen;
  }

  /** The largest of the square whose first value is at {@code corner}. */
  private static int largest(Layer.Pool pool, double[] input, int corner) {
    int channels = pool.input().channels();
    int best = corner;
    for (int k = 1; k < pool.size() * pool.size(); k++) {
      int down = k / pool.size() * pool.input().width();
      int at = corner + (down + k % pool.size()) * channels;
      if (input[at] > input[best]) {
        best = at;
      }
    }
    return best;
  }
}
