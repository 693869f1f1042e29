package io.tombola.actors.device;

import io.tombola.protocol.TrialId;
import java.util.Comparator;

/** Which of two waiting trials is granted a device first. */
final class TrialPriority {

  /**
   * Chains before controls, then by round, so that every chain makes progress; the rest is a
   * tie-break.
   */
  static final Comparator<TrialId> ORDER =
      Comparator.comparing((TrialId trial) -> !trial.arm().isChain())
          .thenComparingInt(TrialId::round)
          .thenComparing(Comparator.naturalOrder());

  private TrialPriority() {}
}
