package io.tombola.training.engine.sparse;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.RandomMask;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.Seeds;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A step of LeNet-300-100 on a batch of 60, and its first layer by itself. */
@State(Scope.Thread)
public class LenetStep {

  static final int BATCH = 60;
  static final int WIDTH = Lanes.width(BATCH);

  /** A dense layer has one pixel. */
  private static final int[] UNSHIFTED = new int[1];

  private static final Network NETWORK = Networks.LENET_300_100;
  private static final Seeds SEEDS = new Seeds(7, 1);

  /** Percentage of each layer's weights that survive, drawn at random. */
  @Param({"100", "51", "21", "10", "3.6", "1"})
  public double density;

  /** What computes: {@code scalar} or {@code vector}. */
  @Param({"scalar", "vector"})
  public String kernels;

  private Kernels opened;
  private Map<String, Runnable> parts;
  // The first layer.
  private SegmentedSparseIndex index;
  private float[] weights;
  private float[] pixels;
  private float[] units;
  private float[] gradients;

  /** Does a whole step, after which each part can be done by itself. */
  @Setup
  public void begin() {
    opened = open();
    Mask mask = mask();
    parts = new SparseSession(spec(mask), opened).parts();
    parts.values().forEach(Runnable::run);
    beginFirstLayer(mask);
  }

  private void beginFirstLayer(Mask mask) {
    Network.PrunableLayer layer = NETWORK.prunableLayers().get(0);
    SparseWeights.Starts starts = row -> Lanes.START + row * WIDTH;
    index =
        new SparseWeights(layer, mask.bits(0), 0, new SparseWeights.Rows(starts, starts, WIDTH))
            .forward;
    weights = RandomLanes.draw(SEEDS.stream("weights"), 1, index.count());
    pixels = RandomLanes.draw(SEEDS.stream("pixels"), layer.rows(), WIDTH);
    units = RandomLanes.draw(SEEDS.stream("units"), layer.outputs(), WIDTH);
    gradients = Lanes.zeros(1, index.count() + Kernels.SUMMED_LANES);
  }

  /** Whether this processor and this Java have vectors that kernels are written for. */
  static boolean hasVectors() {
    return !(KernelSelector.open() instanceof ScalarKernels);
  }

  private Kernels open() {
    if (kernels.equals("scalar")) {
      return new ScalarKernels();
    }
    if (!hasVectors()) {
      throw new IllegalStateException(
          "kernels: expected vectors of 8 or 16 floats, found none; give Java"
              + " --add-modules=jdk.incubator.vector, or JMH -p kernels=scalar");
    }
    return KernelSelector.open();
  }

  private Mask mask() {
    MaskDensity kept =
        new MaskDensity(
            NETWORK.prunableLayers().stream()
                .map(
                    layer ->
                        new MaskDensity.Layer(
                            layer.name(),
                            Math.round(density / 100 * layer.weightCount()),
                            layer.weightCount()))
                .toList());
    return RandomMask.drawLayers(NETWORK, kept, SEEDS.stream("mask"));
  }

  private static SessionSpec spec(Mask mask) {
    TrainingSpec recipe = TestCampaigns.recipe(1000, 100, 100);
    return new SessionSpec(
        recipe,
        DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, SEEDS),
        new TrainingPosition(
            0, GlorotNormal.draw(NETWORK, SEEDS.stream("weights")), OptimizerState.FRESH),
        mask,
        new DataOrder(SEEDS, 0),
        LearningRates.of(recipe),
        EngineName.SPARSE);
  }

  /** Adds the first layer's products to its sums, which it returns. */
  float[] addProducts() {
    opened.addProducts(index, weights, Lanes.START, pixels, 0, units, 0, WIDTH);
    return units;
  }

  /** Sums the gradients by the first layer's weights and returns them. */
  float[] sumProducts() {
    opened.sumProducts(index, pixels, UNSHIFTED, units, UNSHIFTED, gradients, Lanes.START, WIDTH);
    return gradients;
  }

  /** Does a part of the step and returns what it works on. */
  Object part(String name) {
    parts.get(name).run();
    return parts;
  }
}
