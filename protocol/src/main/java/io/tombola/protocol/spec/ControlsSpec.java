package io.tombola.protocol.spec;

/**
 * The control trainings of every pruned round.
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
    ValueRange.COPIES.check("controls.reinit", reinit);
    ValueRange.COPIES.check("controls.random-mask", randomMask);
    ValueRange.COPIES.check("controls.layer-shuffle", layerShuffle);
    ValueRange.COPIES.check("controls.same-sign", sameSign);
  }

  /** The two controls of the paper (Frankle and Carbin 2019). */
  public ControlsSpec(int reinit, int randomMask) {
    this(reinit, randomMask, 0, 0, false);
  }
}
