package io.tombola.training.mask;

import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;

/**
 * What one training did to the weights of a network.
 *
 * @param before at its start, whether the mask is applied to them or not
 * @param after at its end
 */
public record WeightChange(Weights before, Weights after) {

  /**
   * Checks that both are of one network.
   *
   * @throws IllegalArgumentException if they are not
   */
  public WeightChange {
    if (!before.network().equals(after.network())) {
      throw new IllegalArgumentException(
          "expected weights of %s, found %s"
              .formatted(before.network().name(), after.network().name()));
    }
  }

  /** The network that was trained. */
  public Network network() {
    return after.network();
  }
}
