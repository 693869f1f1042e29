package io.tombola.deploy.bench;

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
 * A network at a density, trained as in the paper: Adam, batches of 60, the mask over each step.
 *
 * @param preset such as {@code lenet-300-100}
 * @param density the part of each layer's weights that survives, in (0, 1]
 */
record BenchmarkNetwork(String preset, double density, long seed) {

  static final int BATCH = 60;
  static final double LEARNING_RATE = 0.0012;

  private static final int ITERATIONS = 50_000;

  /** Bytes of a surviving weight that Adam cannot but move: it and both moments, in and out. */
  private static final int ADAM_BYTES = 24;

  /** The network. */
  Network network() {
    return Networks.parse(preset);
  }

  /**
   * Examples that it is trained on: the paper's, or fewer where a network takes long, and always
   * too many to be learnt by heart while it is timed; on gradients near 0 processors are slow.
   */
  int trained() {
    return network().equals(Networks.LENET_300_100) ? 55_000 : 5_000;
  }

  /** Examples that it is evaluated on: the paper's, or fewer where a network takes long. */
  int evaluated() {
    return network().equals(Networks.LENET_300_100) ? 5_000 : 500;
  }

  /** The recipe. */
  TrainingSpec training() {
    return new TrainingSpec(
        ITERATIONS, BATCH, new OptimizerSpec(OptimizerSpec.Type.ADAM, LEARNING_RATE), 100, 1000);
  }

  /** A mask that keeps the density's part of each layer, drawn at random. */
  Mask mask() {
    Network network = network();
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
   * Floating-point operations of one step on surviving weights: forward, backward to the weights,
   * and, behind the first layer, backward to the input; a multiplication and an addition each.
   */
  double trainingFlop() {
    return 2.0 * BATCH * multiplications(2, 3);
  }

  /** Floating-point operations of evaluating one example on surviving weights. */
  double evaluationFlop() {
    return 2.0 * multiplications(1, 1);
  }

  /** Bytes that the optimizer of one step moves at least. */
  double optimizerBytes() {
    Network network = network();
    int biases = network.parameterCount() - network.prunableCount();
    return ADAM_BYTES * (density * network.prunableCount() + biases);
  }

  private double multiplications(int firstPasses, int passes) {
    double sum = 0;
    for (Layer layer : network().layers()) {
      if (layer instanceof Layer.Weighted weighted) {
        int times = weighted.index() == 0 ? firstPasses : passes;
        sum += times * weighted.multiplicationsPerWeight() * weights(weighted.index());
      }
    }
    return sum;
  }

  private double weights(int layer) {
    return density * network().prunableLayers().get(layer).weightCount();
  }
}
