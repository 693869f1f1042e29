package io.tombola.training.engine.dense;

import io.tombola.training.data.Split;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.Measurement;
import io.tombola.training.network.Network;
import java.util.Optional;

/** Measures a network on whole splits, chunk by chunk, always in the same order. */
final class SplitEvaluator implements AutoCloseable {

  /** Examples a chunk: enough for BLAS to run at full speed, few enough to stay in the caches. */
  private static final int MAX_EXAMPLES = 500;

  /** Limit of all outputs of a chunk, in values: 64 MB on the heap, and as much in the backend. */
  private static final int MAX_VALUES = 16 << 20;

  private final Parameters parameters;
  private final Network network;
  private final ExampleCache cache;
  private final SoftmaxCrossEntropy softmax;
  private final ForwardPass forward;

  SplitEvaluator(Parameters parameters, ExampleCache cache) {
    this.parameters = parameters;
    this.cache = cache;
    network = parameters.network();
    softmax = new SoftmaxCrossEntropy(network.outputs());
    forward = new ForwardPass(parameters, examples(network));
  }

  private static int examples(Network network) {
    // A ReLU counts as a layer: other chunks would be other sums, and other bytes of results.
    int values =
        network.layers().stream()
            .mapToInt(layer -> layer.output().values() * (layer.rectified() ? 2 : 1))
            .sum();
    return Math.max(1, Math.min(MAX_EXAMPLES, MAX_VALUES / values));
  }

  Measurement measure(Split split) {
    return new ByChunk(split);
  }

  /** Goes through the chunks of a split. */
  private final class ByChunk implements Measurement {

    private final Split split;
    private final ExampleChunks chunks;
    private int chunk;
    private int position;
    private double loss;
    private int correct;
    private Optional<String> brokenLayer = Optional.empty();

    ByChunk(Split split) {
      this.split = split;
      this.chunks = cache.get(split, network, forward.examples());
    }

    @Override
    public boolean done() {
      return chunk == chunks.count();
    }

    @Override
    public int next() {
      boolean intact = Double.isFinite(loss);
      float[] logits = forward.infer(chunks.images(chunk));
      int size = chunks.size(chunk);
      for (int r = 0; r < size; r++, position++) {
        int label = split.label(position);
        loss += softmax.loss(logits, r, label);
        correct += softmax.argMax(logits, r) == label ? 1 : 0;
      }
      chunk++;
      if (intact && !Double.isFinite(loss)) {
        brokenLayer = NonFiniteLayer.find(parameters, forward);
      }
      return size;
    }

    @Override
    public Evaluation result() {
      if (!done()) {
        throw new IllegalStateException(
            "expected all %d parts to be measured, found %d".formatted(chunks.count(), chunk));
      }
      return new Evaluation(loss / split.size(), 100.0 * correct / split.size());
    }

    @Override
    public Optional<String> brokenLayer() {
      return brokenLayer;
    }
  }

  @Override
  public void close() {
    forward.close();
  }
}
