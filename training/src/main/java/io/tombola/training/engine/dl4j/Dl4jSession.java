package io.tombola.training.engine.dl4j;

import io.tombola.training.data.Split;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.dl4j.DenseLayers.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;

/**
 * The training loop: forward, backward, masked Adam. Parameters and moments live on the heap, where
 * they are updated; the backend has a copy of the weights for its matrix products.
 */
final class Dl4jSession implements TrainingSession {

  /** Values updated between two copies from and to the backend; few enough to stay cached. */
  private static final int UPDATE_CHUNK = 2048;

  private final Network network;
  private final int batchSize;
  private final Batches batches;
  private final MaskedAdam adam;
  private final SoftmaxCrossEntropy softmax;
  private final DenseLayers layers;
  private final Matrix images;
  private final ForwardPass forward;
  private final BackwardPass backward;
  private final Evaluator evaluator;
  private final float[] imageValues;
  private final int[] labels;
  private int iteration;

  Dl4jSession(SessionSpec spec, ExampleCache cache) {
    network = spec.start().network();
    batchSize = spec.training().batchSize();
    batches = new Batches(spec.splits().train(), spec.seeds(), batchSize);
    double learningRate = spec.training().optimizer().learningRate();
    adam =
        new MaskedAdam(
            learningRate, spec.mask().apply(spec.start()).toArray(), spec.mask().multipliers());
    layers = DenseLayers.of(NetworkConfiguration.of(network, learningRate));
    layers.write(adam.parameters);
    softmax = new SoftmaxCrossEntropy(network.outputs());
    images = new Matrix(batchSize, network.inputs());
    forward = new ForwardPass(layers, batchSize);
    backward = new BackwardPass(layers, batchSize);
    evaluator = new Evaluator(layers, cache);
    imageValues = new float[batchSize * network.inputs()];
    labels = new int[batchSize];
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public double advance(int steps) {
    double sum = 0;
    for (int s = 0; s < steps && Double.isFinite(sum); s++) {
      sum += step();
    }
    return sum;
  }

  private double step() {
    batches.gather(iteration, network.inputs(), imageValues, labels);
    double loss = computeGradients();
    iteration++;
    update(adam.stepSize(iteration));
    return loss;
  }

  /** The loss of the gathered batch; leaves its gradients in the backward pass. */
  private double computeGradients() {
    images.write(0, imageValues, 0, imageValues.length);
    float[] logits = forward.run(images, adam.parameters);
    double sum = 0;
    for (int r = 0; r < batchSize; r++) {
      sum +=
          softmax.lossAndGradient(logits, backward.logitGradient(), r, labels[r], 1.0 / batchSize);
    }
    backward.run(images, forward);
    return sum / batchSize;
  }

  private void update(float stepSize) {
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      Matrix gradient = backward.weightGradient(l);
      for (int at = 0; at < layer.weightCount(); at += UPDATE_CHUNK) {
        int count = Math.min(UPDATE_CHUNK, layer.weightCount() - at);
        int from = layer.weightOffset() + at;
        gradient.read(at, adam.gradients, from, count);
        adam.update(from, from + count, stepSize);
        layer.weights().write(at, adam.parameters, from, count);
      }
      int biases = layer.biasOffset();
      System.arraycopy(backward.biasGradient(l), 0, adam.gradients, biases, layer.fanOut());
      adam.update(biases, biases + layer.fanOut(), stepSize);
    }
  }

  @Override
  public Evaluation evaluate(Split split) {
    return evaluator.evaluate(split, adam.parameters);
  }

  @Override
  public Weights weights() {
    return Weights.of(network, adam.parameters);
  }

  @Override
  public TrainingPosition position() {
    return new TrainingPosition(iteration, weights(), adam.firstMoments, adam.secondMoments);
  }

  @Override
  public void restore(TrainingPosition position) {
    if (!position.weights().network().equals(network)) {
      throw new IllegalArgumentException("expected a position of " + network.name());
    }
    iteration = position.iteration();
    copy(position.weights().toArray(), adam.parameters);
    copy(position.firstMoments(), adam.firstMoments);
    copy(position.secondMoments(), adam.secondMoments);
    layers.write(adam.parameters);
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  @Override
  public void close() {
    evaluator.close();
    backward.close();
    forward.close();
    images.close();
    layers.close();
  }
}
