package io.tombola.training.engine.dl4j;

import io.tombola.training.data.Split;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.dl4j.DenseLayers.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import java.util.List;

/**
 * The training loop: forward, backward, masked Adam. Parameters and moments live on the heap, where
 * they are updated; the backend has a copy of the weights for its matrix products.
 */
final class Dl4jSession implements TrainingSession {

  private final Network network;
  private final Batches batches;
  private final MaskedAdam adam;
  private final DenseLayers layers;
  private final BatchGradient gradient;
  private final Evaluator evaluator;
  private final float[] imageValues;
  private final int[] labels;
  private int iteration;

  Dl4jSession(SessionSpec spec, ExampleCache cache) {
    network = spec.start().weights().network();
    int batchSize = spec.training().batchSize();
    double learningRate = spec.training().optimizer().learningRate();
    batches = new Batches(spec.splits().train(), spec.order(), batchSize);
    float[] parameters = spec.mask().apply(spec.start().weights()).toArray();
    adam = new MaskedAdam(learningRate, parameters, spec.mask().multipliers());
    layers = DenseLayers.of(NetworkConfiguration.of(network, spec.training().optimizer()));
    layers.write(adam.parameters);
    gradient = new BatchGradient(layers, batchSize);
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
    double loss = gradient.compute(imageValues, labels, adam.parameters);
    iteration++;
    float stepSize = adam.stepSize(iteration);
    for (int l = 0; l < layers.size(); l++) {
      updateWeights(l, stepSize);
      updateBiases(l, stepSize);
    }
    return loss;
  }

  private void updateWeights(int l, float stepSize) {
    Layer layer = layers.get(l);
    int step = layer.weights().copyLength();
    for (int at = 0; at < layer.weightCount(); at += step) {
      int count = Math.min(step, layer.weightCount() - at);
      int from = layer.weightOffset() + at;
      gradient.readWeights(l, at, count, adam.gradients);
      adam.update(from, from + count, stepSize);
      layer.weights().write(at, adam.parameters, from, count);
    }
  }

  private void updateBiases(int l, float stepSize) {
    int from = layers.get(l).biasOffset();
    gradient.readBiases(l, adam.gradients);
    adam.update(from, from + layers.get(l).fanOut(), stepSize);
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
    return new TrainingPosition(
        iteration,
        weights(),
        new OptimizerState(iteration, List.of(adam.firstMoments, adam.secondMoments)));
  }

  @Override
  public void restore(TrainingPosition position) {
    if (!position.weights().network().equals(network)) {
      throw new IllegalArgumentException("expected a position of " + network.name());
    }
    iteration = position.iteration();
    copy(position.weights().toArray(), adam.parameters);
    copy(position.optimizer().moments().get(0), adam.firstMoments);
    copy(position.optimizer().moments().get(1), adam.secondMoments);
    layers.write(adam.parameters);
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  @Override
  public void close() {
    evaluator.close();
    gradient.close();
    layers.close();
  }
}
