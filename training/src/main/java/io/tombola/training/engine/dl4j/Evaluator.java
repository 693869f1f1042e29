package io.tombola.training.engine.dl4j;

import io.tombola.training.data.Split;
import io.tombola.training.engine.Evaluation;
import java.util.HashMap;
import java.util.Map;

/** Measures a network on whole splits, chunk by chunk, always in the same order. */
final class Evaluator implements AutoCloseable {

  private final DenseLayers layers;
  private final ExampleCache cache;
  private final SoftmaxCrossEntropy softmax;
  private final Map<Integer, ForwardPass> passes = new HashMap<>();

  Evaluator(DenseLayers layers, ExampleCache cache) {
    this.layers = layers;
    this.cache = cache;
    this.softmax = new SoftmaxCrossEntropy(layers.outputs());
  }

  Evaluation evaluate(Split split, float[] parameters) {
    ExampleChunks chunks = cache.get(split, layers.inputs());
    double loss = 0;
    int correct = 0;
    int position = 0;
    for (int c = 0; c < chunks.count(); c++) {
      int rows = chunks.rows(c);
      float[] logits = pass(rows).run(chunks.images(c), parameters);
      for (int r = 0; r < rows; r++, position++) {
        int label = split.label(position);
        loss += softmax.loss(logits, r, label);
        correct += softmax.argMax(logits, r) == label ? 1 : 0;
      }
    }
    return new Evaluation(loss / split.size(), 100.0 * correct / split.size());
  }

  private ForwardPass pass(int rows) {
    return passes.computeIfAbsent(rows, r -> new ForwardPass(layers, r));
  }

  @Override
  public void close() {
    passes.values().forEach(ForwardPass::close);
  }
}
