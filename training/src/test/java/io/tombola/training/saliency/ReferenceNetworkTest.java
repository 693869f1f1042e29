package io.tombola.training.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceNetworkTest {

  private static final Network NETWORK = RandomNetworks.EVERYTHING;
  private static final double[] PARAMETERS = RandomNetworks.parameters(NETWORK);
  private static final Batch BATCH = RandomNetworks.batch(NETWORK, 4);

  private final ReferenceNetwork reference = new ReferenceNetwork(NETWORK);

  @Test
  void convolvesPoolsAndDifferentiatesAsOnPaper() {
    Network network = Networks.of("conv 1, max-pool 2, dense 2", new ImageShape(2, 2, 1), 2);
    // The kernel adds half of the right neighbour: [1 2; 3 4] becomes [2 2; 5 4], pooled 5.
    double[] parameters = {0, 0, 0, 0, 1, 0.5, 0, 0, 0, 0, 2, 1, 0, 5};
    Batch batch = new Batch(List.of(new double[] {1, 2, 3, 4}), new int[] {1});
    ReferenceNetwork small = new ReferenceNetwork(network);
    assertArrayEquals(new double[] {10, 10}, small.outputs(parameters, batch.input(0)), 1e-12);
    assertEquals(Math.log(2), small.loss(parameters, batch), 1e-12);
    // By the outputs (0.5, -0.5), by the pooled pixel 2 * 0.5 - 0.5 = 0.5; the kernel lies over
    // the rows [0 1 2] and [0 3 4] there.
    double[] gradient = {0, 0.5, 1, 0, 1.5, 2, 0, 0, 0, 0.5, 2.5, -2.5, 0.5, -0.5};
    assertArrayEquals(gradient, small.gradient(parameters, batch), 1e-12);
  }

  @Test
  void theFirstOfEqualPixelsGetsThePoolsGradient() {
    Network network = Networks.of("conv 1 1, max-pool 2, dense 2", new ImageShape(2, 2, 2), 2);
    // Channel 0 alone goes through; its four pixels are equal, channel 1 tells them apart.
    double[] parameters = {1, 0, 0, 1, 3, 0, 0};
    double[] input = {1, 10, 1, 20, 1, 30, 1, 40};
    double[] gradient = new ReferenceNetwork(network).outputSumGradient(parameters, input);
    assertArrayEquals(new double[] {4, 40, 4, 1, 1, 1, 1}, gradient, 1e-12);
  }

  @Test
  void aBatchNormalisationUsesItsRunningStatistics() {
    Network network = Networks.of("dense 1, batch-norm, dense 2", new ImageShape(1, 1, 1), 2);
    // x 3 -> 6 -> (6 - 2) / sqrt(4 + 1e-5) * 5 + 1
    double[] parameters = {2, 0, 5, 1, 2, 4, 1, -1, 0, 0};
    double expected = 4 / Math.sqrt(4 + (double) Layer.BatchNorm.EPSILON) * 5 + 1;
    double[] outputs = new ReferenceNetwork(network).outputs(parameters, new double[] {3});
    assertArrayEquals(new double[] {expected, -expected}, outputs, 1e-12);
  }

  @Test
  void gradientsAreFiniteDifferencesOfTheLoss() {
    double[] gradient = reference.gradient(PARAMETERS, BATCH);
    double step = 1e-5;
    for (int i = 0; i < gradient.length; i++) {
      if (isTrained(i)) {
        double above = reference.loss(moved(unit(i), step), BATCH);
        double below = reference.loss(moved(unit(i), -step), BATCH);
        assertEquals((above - below) / (2 * step), gradient[i], 1e-8, "parameter " + i);
      } else {
        assertEquals(0, gradient[i]);
      }
    }
    assertTrue(Arrays.stream(gradient).map(Math::abs).max().orElseThrow() > 0.01);
  }

  @Test
  void hessianProductsAreFiniteDifferencesOfTheGradient() {
    RandomStream stream = RandomNetworks.stream("direction");
    double[] direction = new double[PARAMETERS.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = isTrained(i) ? stream.nextGaussian() : 0;
    }
    double step = 1e-6;
    double[] above = reference.gradient(moved(direction, step), BATCH);
    double[] below = reference.gradient(moved(direction, -step), BATCH);
    double[] difference = new double[above.length];
    Arrays.setAll(difference, i -> (above[i] - below[i]) / (2 * step));
    double[] product = reference.hessianProduct(PARAMETERS, direction, BATCH);
    assertArrayEquals(difference, product, 1e-7);
    assertTrue(Arrays.stream(product).map(Math::abs).max().orElseThrow() > 0.1);
  }

  @Test
  void hessianProductsAreSymmetric() {
    double[] column = reference.hessianProduct(PARAMETERS, unit(7), BATCH);
    for (int l = 0; l < NETWORK.prunableLayers().size(); l++) {
      int other = NETWORK.weightOffset(l) + 1;
      double[] row = reference.hessianProduct(PARAMETERS, unit(other), BATCH);
      assertEquals(column[other], row[7], 1e-12);
    }
  }

  /** Whether it is a weight or a bias. */
  private static boolean isTrained(int index) {
    return NETWORK.layers().stream()
        .noneMatch(
            layer ->
                layer instanceof Layer.BatchNorm norm
                    && index >= norm.offset()
                    && index < norm.offset() + 4 * norm.channels());
  }

  private static double[] unit(int index) {
    double[] unit = new double[PARAMETERS.length];
    unit[index] = 1;
    return unit;
  }

  private static double[] moved(double[] direction, double step) {
    double[] moved = PARAMETERS.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }
}
