package io.tombola.training.engine.dl4j;

import io.tombola.training.engine.dl4j.DenseLayers.Layer;

/** The loss of one batch and its gradient by every parameter; buffers are reused. */
final class BatchGradient implements AutoCloseable {

  private final DenseLayers layers;
  private final int batchSize;
  private final SoftmaxCrossEntropy softmax;
  private final Matrix images;
  private final ForwardPass forward;
  private final BackwardPass backward;

  BatchGradient(DenseLayers layers, int batchSize) {
    this.layers = layers;
    this.batchSize = batchSize;
    softmax = new SoftmaxCrossEntropy(layers.outputs());
    images = new Matrix(batchSize, layers.inputs());
    forward = new ForwardPass(layers, batchSize);
    backward = new BackwardPass(layers, batchSize);
  }

  /**
   * Computes all gradients of the mean loss.
   *
   * @param imageValues [batchSize][inputs]
   * @param parameters for the biases; the weights are those of the layers
   * @return the mean cross entropy in nats
   */
  double compute(float[] imageValues, int[] labels, float[] parameters) {
    images.write(0, imageValues, 0, imageValues.length);
    float[] logits = forward.run(images, parameters);
    float[] logitGradient = backward.logitGradient();
    double sum = 0;
    for (int r = 0; r < batchSize; r++) {
      sum += softmax.lossAndGradient(logits, logitGradient, r, labels[r], 1.0 / batchSize);
    }
    backward.run(images, forward);
    return sum / batchSize;
  }

  /** Copies gradients of a layer's weights, {@code count} from {@code at} on, to their place. */
  void readWeights(int layer, int at, int count, float[] gradients) {
    int offset = layers.get(layer).weightOffset() + at;
    backward.weightGradient(layer).read(at, gradients, offset, count);
  }

  /** Copies the gradients of a layer's biases to their place in the canonical layout. */
  void readBiases(int layer, float[] gradients) {
    Layer of = layers.get(layer);
    System.arraycopy(backward.biasGradient(layer), 0, gradients, of.biasOffset(), of.fanOut());
  }

  @Override
  public void close() {
    backward.close();
    forward.close();
    images.close();
  }
}
