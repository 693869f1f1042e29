package io.tombola.protocol;

/**
 * One seed of a campaign: one ticket chain.
 *
 * @param campaign the campaign's name
 * @param replicate from 1
 */
public record ReplicateId(String campaign, int replicate) {

  /** A trial of this replicate. */
  public TrialId trial(int round, Arm arm) {
    return new TrialId(campaign, replicate, round, arm);
  }

  /** The key of this replicate's records, {@code campaign/replicate}. */
  @Override
  public String toString() {
    return campaign + "/" + replicate;
  }
}
