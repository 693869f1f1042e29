package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

/**
 * The trainings that make a finding a finding, in every pruned round.
 *
 * @param reinit trainings with the ticket's mask and fresh weights, 0 or more
 * @param randomMask trainings with a random mask of equal density, 0 or more
 * @param layerShuffle trainings with the ticket's mask shuffled within each layer, 0 or more
 * @param sameSign trainings with the ticket's mask and signs, and fresh magnitudes, 0 or more
 * @param oneShot whether as many weights, chosen at once from the dense network, are trained too
 */
public record ControlsSpec(
    int reinit, int randomMask, int layerShuffle, int sameSign, boolean oneShot) {

  /** Checks the numbers. */
  public ControlsSpec {
    requireDraws("controls.reinit", reinit);
    requireDraws("controls.random-mask", randomMask);
    requireDraws("controls.layer-shuffle", layerShuffle);
    requireDraws("controls.same-sign", sameSign);
  }

  /** The paper's two. */
  public ControlsSpec(int reinit, int randomMask) {
    this(reinit, randomMask, 0, 0, false);
  }

  private static void requireDraws(String key, int draws) {
    require(draws >= 0 && draws <= 1000, key, "0 to 1000", draws);
  }
}
