package io.tombola.protocol;

/**
 * One seed of a campaign: one ticket chain.
 *
 * @param campaign the campaign's name
 * @param replicate from 1
 */
public record ReplicateId(String campaign, int replicate) {

  /** The key of this replicate's records, {@code campaign/replicate}. */
  @Override
  public String toString() {
    return campaign + "/" + replicate;
  }
}
