package io.tombola.training.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The three scores of a network of two inputs, two hidden units and two classes, worked out by
 * hand.
 *
 * <p>With x = (1, 2), W1 = [1 -1; 2 1] and W2 = [0.2 0.4; 1 0] (rows are inputs) the hidden units
 * are h = (5, 1), the outputs z = (2, 2), so that softmax is (0.5, 0.5); for class 0 the loss's
 * derivatives are (-0.5, 0.5) by z, (0.1, -0.5) by h.
 */
class SaliencyTest {

  private static final Network TINY = Networks.of("dense 2, dense 2", new ImageShape(1, 2, 1), 2);
  private static final double[] PARAMETERS = {1, -1, 2, 1, 0, 0, 0.2, 0.4, 1, 0, 0, 0};
  private static final Batch BATCH = new Batch(List.of(new double[] {1, 2}), new int[] {0});

  @Test
  void snipIsWeightTimesGradientWithoutSign() {
    // By W1: x (0.1, -0.5) = [0.1 -0.5; 0.2 -1]; by W2: h (-0.5, 0.5) = [-2.5 2.5; -0.5 0.5].
    double[] scores = {0.1, 0.5, 0.4, 1, 0, 0, 0.5, 1, 0.5, 0, 0, 0};
    assertArrayEquals(scores, Saliency.snip(TINY, PARAMETERS, BATCH), 1e-12);
  }

  @Test
  void graspIsWeightTimesHessianGradientProduct() {
    // Along the gradient, h moves by x V1 = (0.5, -2.5), z by (-15.4, 13.2), softmax by
    // (-7.15, 7.15). By W2 that is [0.5; -2.5] (-0.5, 0.5) + h (-7.15, 7.15) = [-36 36; -5.9 5.9];
    // by h it is V2 (-0.5, 0.5) + W2 (-7.15, 7.15) = (2.5 + 1.43, 0.5 - 7.15) = (3.93, -6.65), and
    // by W1 x times that, [3.93 -6.65; 7.86 -13.3].
    double[] scores = {3.93, 6.65, 15.72, -13.3, 0, 0, -7.2, 14.4, -5.9, 0, 0, 0};
    assertArrayEquals(scores, Saliency.grasp(TINY, PARAMETERS, BATCH), 1e-12);
  }

  @Test
  void synapticFlowIsWhatRunsThroughEachWeight() {
    // With |W1| = [1 1; 2 1] ones make h = (3, 2); R = 3 * 0.6 + 2 * 1 = 3.8.
    double[] scores = {0.6, 1, 1.2, 1, 0, 0, 0.6, 1.2, 2, 0, 0, 0};
    assertArrayEquals(scores, Saliency.synapticFlow(TINY, PARAMETERS), 1e-12);
  }

  @Test
  void theWeightWithTheLowestGraspScoreIsTheOneWhoseLossKeepsMostGradient() {
    ReferenceNetwork reference = new ReferenceNetwork(TINY);
    double[] scores = Saliency.grasp(TINY, PARAMETERS, BATCH);
    for (int i : new int[] {0, 1, 2, 3, 6, 7, 8}) {
      double step = 1e-5;
      double less = flow(reference, scaled(i, 1 - step));
      double more = flow(reference, scaled(i, 1 + step));
      assertEquals(-2 * scores[i], (less - more) / (2 * step), 1e-5);
    }
    double[] withoutLowest = scaled(3, 0.9);
    double[] withoutHighest = scaled(2, 0.9);
    assertTrue(flow(reference, withoutLowest) > flow(reference, PARAMETERS));
    assertTrue(flow(reference, withoutHighest) < flow(reference, PARAMETERS));
  }

  @Test
  void asMuchFlowsThroughEveryLayerAsComesOut() {
    Network network = RandomNetworks.EVERYTHING;
    double[] parameters = RandomNetworks.homogeneous(network);
    double[] scores = Saliency.synapticFlow(network, parameters);
    double[] positive = parameters.clone();
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.abs(positive[i]);
    }
    double[] ones = new double[network.inputs()];
    Arrays.fill(ones, 1);
    double flow = Arrays.stream(new ReferenceNetwork(network).outputs(positive, ones)).sum();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      double through = 0;
      for (int i = network.weightOffset(l); i < network.biasOffset(l); i++) {
        assertTrue(scores[i] >= 0);
        through += scores[i];
      }
      assertEquals(1, through / flow, 1e-12);
    }
  }

  /** The squared norm of the gradient by the weights. */
  private static double flow(ReferenceNetwork reference, double[] parameters) {
    double[] gradient = reference.gradient(parameters, BATCH);
    double sum = 0;
    for (int l = 0; l < 2; l++) {
      for (int i = TINY.weightOffset(l); i < TINY.biasOffset(l); i++) {
        sum += gradient[i] * gradient[i];
      }
    }
    return sum;
  }

  private static double[] scaled(int index, double factor) {
    double[] parameters = PARAMETERS.clone();
    parameters[index] *= factor;
    return parameters;
  }
}
