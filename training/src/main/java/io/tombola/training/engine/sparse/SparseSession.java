package io.tombola.training.engine.sparse;

import io.tombola.training.data.Split;
import io.tombola.training.engine.BatchSampler;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.Measurement;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.optimizer.MaskedOptimizer;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.RandomStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The training loop on surviving weights: gather, forward, backward, update. */
final class SparseSession implements TrainingSession {

  /** Batches that a measurement evaluates at once: enough for a call to be worth its while. */
  private static final int MEASURED_BATCHES = 8;

  private final Network network;
  private final Mask mask;
  private final LearningRates rates;
  private final float weightDecay;
  private final Split train;
  private final BatchSampler order;
  private final int width;
  private final SparseNetwork sparseNetwork;
  private final MaskedOptimizer optimizer;
  private final int[] positions;
  private final int[] labels;
  private final IntFunction<RandomStream> dropouts;
  private int iteration;

  SparseSession(SessionSpec spec, Kernels kernels) {
    network = spec.start().weights().network();
    mask = spec.mask();
    rates = spec.rates();
    weightDecay = (float) spec.training().optimizer().weightDecay();
    int batchSize = spec.training().batchSize();
    train = spec.splits().train();
    DataOrder randomness = spec.order();
    order = new BatchSampler(randomness, train.size(), batchSize);
    dropouts = dropout -> randomness.dropout(iteration, dropout);
    width = Lanes.width(batchSize);
    sparseNetwork = new SparseNetwork(network, mask, kernels, width, train.pixelValues());
    float[] parameters = new float[sparseNetwork.layout().length()];
    float[] keep = new float[parameters.length];
    Arrays.fill(keep, 1f);
    optimizer = MaskedOptimizer.of(spec.training().optimizer(), parameters, keep);
    positions = new int[width];
    labels = new int[width];
    restore(spec.start());
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
    gatherBatch();
    forward();
    double loss = loss();
    if (!Double.isFinite(loss)) {
      Optional<String> layer = sparseNetwork.brokenLayer(optimizer.parameters, order.batchSize());
      throw new DivergedException(iteration, "the training loss", layer);
    }
    backward();
    update();
    iteration++;
    return loss;
  }

  /** The parts of a step, in their order. */
  Map<String, Runnable> parts() {
    Map<String, Runnable> parts = new LinkedHashMap<>();
    parts.put("gather a batch", this::gatherBatch);
    parts.put("forward", this::forward);
    parts.put("loss", this::loss);
    parts.put("backward", this::backward);
    parts.put("update", this::update);
    return parts;
  }

  private void gatherBatch() {
    order.read(iteration, positions);
    gather(train, order.batchSize());
  }

  private void forward() {
    sparseNetwork.train(optimizer.parameters, order.batchSize(), dropouts);
  }

  private double loss() {
    return sparseNetwork.loss(labels, order.batchSize()) / order.batchSize();
  }

  private void backward() {
    sparseNetwork.gradients(optimizer.parameters, labels, order.batchSize(), optimizer.gradients);
  }

  private void update() {
    optimizer.begin(rates.at(iteration));
    CompactLayout layout = sparseNetwork.layout();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      update(layout.weights(l), weightDecay);
      update(layout.biases(l), 0);
    }
  }

  private void update(CompactLayout.Range range, float decay) {
    optimizer.update(range.at(), range.end(), decay);
  }

  /** Gathers images and labels of the examples at {@link #positions}. */
  private void gather(Split split, int examples) {
    sparseNetwork.images().gather(split, positions, examples);
    for (int e = 0; e < examples; e++) {
      labels[e] = split.label(positions[e]);
    }
  }

  @Override
  public Measurement measure(Split split) {
    return new ByBatch(split);
  }

  @Override
  public Weights weights() {
    return Weights.of(network, spread(optimizer.parameters));
  }

  private float[] spread(float[] compact) {
    float[] canonical = new float[network.parameterCount()];
    sparseNetwork.layout().spread(compact, canonical);
    return canonical;
  }

  @Override
  public TrainingPosition position() {
    OptimizerState state = optimizer.state();
    List<float[]> moments = state.moments().stream().map(this::spread).toList();
    return new TrainingPosition(iteration, weights(), new OptimizerState(state.steps(), moments));
  }

  @Override
  public void restore(TrainingPosition position) {
    CompactLayout layout = sparseNetwork.layout();
    List<float[]> moments =
        position.optimizer().moments().stream()
            .map(
                canonical -> {
                  float[] compact = new float[layout.length()];
                  layout.collect(canonical, compact);
                  return compact;
                })
            .toList();
    optimizer.restore(new OptimizerState(position.optimizer().steps(), moments));
    layout.collect(mask.apply(position.weights()).toArray(), optimizer.parameters);
    iteration = position.iteration();
  }

  @Override
  public void close() {
    // All it has is on the heap.
  }

  /** Goes through a split in its order. */
  private final class ByBatch implements Measurement {

    private final Split split;
    private int position;
    private double loss;
    private int correct;
    private Optional<String> brokenLayer = Optional.empty();

    ByBatch(Split split) {
      this.split = split;
    }

    @Override
    public boolean done() {
      return position == split.size();
    }

    @Override
    public int next() {
      int before = position;
      for (int b = 0; b < MEASURED_BATCHES && !done(); b++) {
        measureBatch();
      }
      return position - before;
    }

    private void measureBatch() {
      boolean intact = Double.isFinite(loss);
      int examples = Math.min(width, split.size() - position);
      for (int e = 0; e < examples; e++) {
        positions[e] = position + e;
      }
      gather(split, examples);
      sparseNetwork.infer(optimizer.parameters);
      loss += sparseNetwork.loss(labels, examples);
      correct += sparseNetwork.correct(labels, examples);
      position += examples;
      if (intact && !Double.isFinite(loss)) {
        brokenLayer = sparseNetwork.brokenLayer(optimizer.parameters, examples);
      }
    }

    @Override
    public Evaluation result() {
      if (!done()) {
        throw new IllegalStateException(
            "expected all %d examples to be measured, found %d".formatted(split.size(), position));
      }
      return new Evaluation(loss / split.size(), 100.0 * correct / split.size());
    }

    @Override
    public Optional<String> brokenLayer() {
      return brokenLayer;
    }
  }
}
