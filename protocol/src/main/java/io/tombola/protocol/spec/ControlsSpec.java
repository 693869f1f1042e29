package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

/**
 * The trainings that make a finding a finding.
 *
 * @param reinit trainings a round with the ticket's mask and fresh weights, 0 or more
 * @param randomMask trainings a round with a random mask of equal density, 0 or more
 */
public record ControlsSpec(int reinit, int randomMask) {

  /** Checks both numbers. */
  public ControlsSpec {
    require(reinit >= 0 && reinit <= 1000, "controls.reinit", "0 to 1000", reinit);
    require(randomMask >= 0 && randomMask <= 1000, "controls.random-mask", "0 to 1000", randomMask);
  }
}
