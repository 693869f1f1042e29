package io.tombola.actors.round;

import io.tombola.protocol.Arm;

/** One unit of a replicate's work. */
public sealed interface Step {

  /** Draw θ0. */
  record Initialize() implements Step {}

  /** Derive the mask of {@code round}, from what {@code CampaignSpec.maskSource} names. */
  record Prune(int round) implements Step {}

  /** Rewind the surviving weights, or draw a control. */
  record Prepare(int round, Arm arm) implements Step {}

  /** Train on a device. */
  record Train(int round, Arm arm) implements Step {}

  /** Find the early stop and the accuracies. */
  record Evaluate(int round, Arm arm) implements Step {}
}
