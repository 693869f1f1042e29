package io.tombola.training.saliency;

import io.tombola.training.network.Network;
import java.util.Arrays;

/**
 * How much it is worth to keep each prunable weight of a network that nothing has trained; the
 * lowest go first. Parameters and scores are in the canonical layout; what is not prunable scores
 * 0.
 */
public final class Saliency {

  private Saliency() {}

  /**
   * SNIP: |w dL/dw| (Lee et al. 2019, equations 5 and 6, without the normalisation, which changes
   * no order).
   */
  public static double[] snip(Network network, double[] parameters, Batch batch) {
    double[] gradient = new ReferenceNetwork(network).gradient(parameters, batch);
    return score(network, i -> Math.abs(parameters[i] * gradient[i]));
  }

  /**
   * GraSP: w (H g), where g is the gradient by the prunable weights and H their Hessian (Wang et
   * al. 2020, equation 8, at temperature 1).
   *
   * <p>Taking a weight away changes the squared norm of g by -2 w (H g) to first order. The paper
   * calls -w (H g) the score and removes the highest, whose removal makes the gradient larger, or
   * at least smaller by less; here the sign is turned, since the lowest go first.
   */
  public static double[] grasp(Network network, double[] parameters, Batch batch) {
    ReferenceNetwork reference = new ReferenceNetwork(network);
    double[] gradient = reference.gradient(parameters, batch);
    double[] direction = score(network, i -> gradient[i]);
    double[] product = reference.hessianProduct(parameters, direction, batch);
    return score(network, i -> parameters[i] * product[i]);
  }

  /**
   * Synaptic flow: |w| dR/d|w|, where R is the sum of the outputs for an input of ones and all
   * parameters made positive (Tanaka et al. 2020, equation 2 and algorithm 1).
   */
  public static double[] synapticFlow(Network network, double[] parameters) {
    double[] positive = Arrays.stream(parameters).map(Math::abs).toArray();
    double[] ones = new double[network.inputs()];
    Arrays.fill(ones, 1);
    double[] gradient = new ReferenceNetwork(network).outputSumGradient(positive, ones);
    return score(network, i -> positive[i] * gradient[i]);
  }

  private interface Score {
    double of(int index);
  }

  private static double[] score(Network network, Score score) {
    double[] scores = new double[network.parameterCount()];
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      for (int i = network.weightOffset(l); i < network.biasOffset(l); i++) {
        scores[i] = score.of(i);
      }
    }
    return scores;
  }
}
