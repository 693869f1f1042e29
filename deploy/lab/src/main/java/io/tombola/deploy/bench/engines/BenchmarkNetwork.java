package io.tombola.deploy.bench.engines;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A network at a density, trained as in Frankle and Carbin 2019 (arXiv 1803.03635): Adam, batches
 * of 60, the mask applied after each step.
 *
 * @param preset such as {@code lenet-300-100}
 * @param density the fraction of each layer's weights that remains, in (0, 1]
 * @param seed of mask and initial weights
 */
public record BenchmarkNetwork(String preset, double density, long seed) {

  /** Examples of a training step. */
  public static final int BATCH = 60;

  static final double LEARNING_RATE = 0.0012;

  private static final int ITERATIONS = 50_000;

  /**
   * Memory traffic of Adam for each remaining weight: weight and both moments, read and written.
   */
  private static final int ADAM_BYTES = 24;

  /** The network without its mask. */
  public Network architecture() {
    return Networks.parse(preset);
  }

  /**
   * Number of training examples: the paper's, or fewer for a slow network. Always too many to be
   * memorized while they are timed: subnormal gradients slow processors down.
   */
  int trained() {
    return architecture().equals(Networks.LENET_300_100) ? 55_000 : 5_000;
  }

  /** Number of examples that are evaluated: the paper's, or fewer for a slow network. */
  int evaluated() {
    return architecture().equals(Networks.LENET_300_100) ? 5_000 : 500;
  }

  /** The training recipe. */
  public TrainingSpec training() {
    return new TrainingSpec(
        ITERATIONS, BATCH, new OptimizerSpec(OptimizerSpec.Type.ADAM, LEARNING_RATE), 100, 1000);
  }

  /** A random mask that keeps the density's fraction of each layer. */
  public Mask mask() {
    Network network = architecture();
    RandomStream stream = new Seeds(seed, 1).stream("bench-mask");
    List<BitSet> layers = new ArrayList<>();
    for (PrunableLayer layer : network.prunableLayers()) {
      int[] order = stream.permutation(layer.weightCount());
      BitSet kept = new BitSet(layer.weightCount());
      for (int i = 0; i < Math.round(density * layer.weightCount()); i++) {
        kept.set(order[i]);
      }
      layers.add(kept);
    }
    return Mask.of(network, layers);
  }

  /**
   * Floating-point operations of one step on the remaining weights: forward, backward to the
   * weights and, except for the first layer, backward to the input; each a multiplication and an
   * addition.
   */
  public double trainingFlop() {
    return 2.0 * BATCH * multiplications(2, 3);
  }

  /** Floating-point operations of evaluating one example on the remaining weights. */
  public double evaluationFlop() {
    return 2.0 * multiplications(1, 1);
  }

  /** Minimum memory traffic of the optimizer in one step, in bytes. */
  double optimizerBytes() {
    Network network = architecture();
    int biases = network.parameterCount() - network.prunableCount();
    return ADAM_BYTES * (density * network.prunableCount() + biases);
  }

  /** Multiplications by a weight, for one example and so many passes over each layer. */
  private double multiplications(int firstPasses, int passes) {
    double sum = 0;
    for (Layer layer : architecture().layers()) {
      if (layer instanceof Layer.Weighted weighted) {
        int times = weighted.index() == 0 ? firstPasses : passes;
        sum += times * weighted.multiplicationsPerWeight() * weights(weighted.index());
      }
    }
    return sum;
  }

  private double weights(int layer) {
    return density * architecture().prunableLayers().get(layer).weightCount();
  }
}
