package io.tombola.training.engine.dense;

import io.tombola.training.seed.RandomStream;
import java.util.List;
import java.util.function.IntFunction;

/** The loss of one batch and its gradient by every parameter; buffers are reused. */
final class BatchGradient implements AutoCloseable {

  private final int batchSize;
  private final SoftmaxCrossEntropy softmax;
  private final Activations images;
  private final ForwardPass forward;
  private final BackwardPass backward;

  BatchGradient(Parameters parameters, int batchSize) {
    this.batchSize = batchSize;
    softmax = new SoftmaxCrossEntropy(parameters.network().outputs());
    images = new Activations(batchSize, parameters.network().inputs());
    forward = new ForwardPass(parameters, batchSize);
    backward = new BackwardPass(forward);
  }

  /**
   * The images, [batchSize][inputs], to be filled before {@link #compute}, which may change them.
   */
  float[] images() {
    return images.array();
  }

  /**
   * Computes all gradients of the mean loss.
   *
   * @param dropouts what a dropout draws from, by its index in the network
   * @return the mean cross entropy in nats
   */
  double compute(int[] labels, IntFunction<RandomStream> dropouts) {
    images.changed();
    float[] logits = forward.train(images, dropouts);
    Activations logitGradient = backward.logitGradient();
    double sum = 0;
    for (int r = 0; r < batchSize; r++) {
      sum += softmax.lossAndGradient(logits, logitGradient.array(), r, labels[r], 1.0 / batchSize);
    }
    logitGradient.changed();
    backward.run();
    return sum / batchSize;
  }

  /** The pass that {@link #compute} made. */
  ForwardPass forward() {
    return forward;
  }

  /** All trained parameters, with the gradients that {@link #compute} computed. */
  List<ParameterGroup> trained() {
    return backward.trained();
  }

  @Override
  public void close() {
    backward.close();
    forward.close();
    images.close();
  }
}
