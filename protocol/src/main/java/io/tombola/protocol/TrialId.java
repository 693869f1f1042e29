package io.tombola.protocol;

import java.util.Comparator;

/**
 * One training.
 *
 * @param campaign the campaign's name
 * @param replicate from 1
 * @param round 0 is the dense network
 * @param arm the ticket or a control
 */
public record TrialId(String campaign, int replicate, int round, Arm arm)
    implements Comparable<TrialId> {

  private static final Comparator<TrialId> ORDER =
      Comparator.comparing(TrialId::campaign)
          .thenComparingInt(TrialId::replicate)
          .thenComparingInt(TrialId::round)
          .thenComparing(TrialId::arm);

  /** The replicate this trial belongs to. */
  public ReplicateId replicateId() {
    return new ReplicateId(campaign, replicate);
  }

  @Override
  public int compareTo(TrialId other) {
    return ORDER.compare(this, other);
  }

  /** {@code campaign/replicate/round/arm}. */
  @Override
  public String toString() {
    return campaign + "/" + replicate + "/" + round + "/" + arm;
  }
}
