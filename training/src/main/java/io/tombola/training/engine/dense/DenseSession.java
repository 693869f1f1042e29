package io.tombola.training.engine.dense;

import io.tombola.training.data.Split;
import io.tombola.training.engine.BatchSampler;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.Measurement;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.optimizer.MaskedOptimizer;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import java.util.List;

/**
 * The training loop: forward, backward, masked update. Parameters and moments live on the heap,
 * where they are updated; the backend has a copy of the weights for its matrix products.
 */
final class DenseSession implements TrainingSession {

  private final Network network;
  private final Mask mask;
  private final DataOrder order;
  private final LearningRates rates;
  private final float weightDecay;
  private final Batches batches;
  private final Parameters parameters;
  private final MaskedOptimizer optimizer;
  private final BatchGradient gradient;
  private final List<ParameterGroup> trained;
  private final SplitEvaluator evaluator;
  private final int[] labels;
  private int iteration;

  DenseSession(SessionSpec spec, ExampleCache cache) {
    network = spec.start().weights().network();
    mask = spec.mask();
    order = spec.order();
    rates = spec.rates();
    weightDecay = (float) spec.training().optimizer().weightDecay();
    int batchSize = spec.training().batchSize();
    Split train = spec.splits().train();
    batches = new Batches(train, new BatchSampler(order, train.size(), batchSize));
    float[] values = mask.apply(spec.start().weights()).toArray();
    optimizer = MaskedOptimizer.of(spec.training().optimizer(), values, mask.multipliers());
    optimizer.restore(spec.start().optimizer());
    iteration = spec.start().iteration();
    parameters = new Parameters(network, values);
    gradient = new BatchGradient(parameters, batchSize);
    trained = gradient.trained();
    evaluator = new SplitEvaluator(parameters, cache);
    labels = new int[batchSize];
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public double advance(int steps) {
    double sum = 0;
    for (int s = 0; s < steps; s++) {
      sum += step();
    }
    return sum;
  }

  private double step() {
    int at = iteration;
    batches.gather(at, network.inputs(), gradient.images(), labels);
    double loss = gradient.compute(labels, dropout -> order.dropout(at, dropout));
    if (!Double.isFinite(loss)) {
      throw new DivergedException(
          at, "the training loss", NonFiniteLayer.find(parameters, gradient.forward()));
    }
    optimizer.begin(rates.at(at));
    trained.forEach(this::update);
    iteration++;
    return loss;
  }

  private void update(ParameterGroup some) {
    ParameterGroup.Range range = some.range();
    float decay = range.prunable() ? weightDecay : 0;
    for (int at = 0; at < range.count(); at += some.copyLength()) {
      int count = Math.min(some.copyLength(), range.count() - at);
      int from = range.offset() + at;
      some.readGradients(at, count, optimizer.gradients);
      optimizer.update(from, from + count, decay);
      some.write(at, count, optimizer.parameters);
    }
  }

  @Override
  public Measurement measure(Split split) {
    return evaluator.measure(split);
  }

  @Override
  public Weights weights() {
    return Weights.of(network, parameters.values());
  }

  @Override
  public TrainingPosition position() {
    return new TrainingPosition(iteration, weights(), optimizer.state());
  }

  @Override
  public void restore(TrainingPosition position) {
    float[] values = mask.apply(position.weights()).toArray();
    optimizer.restore(position.optimizer());
    iteration = position.iteration();
    System.arraycopy(values, 0, parameters.values(), 0, values.length);
    parameters.copyAll();
  }

  @Override
  public void close() {
    evaluator.close();
    gradient.close();
    parameters.close();
  }
}
