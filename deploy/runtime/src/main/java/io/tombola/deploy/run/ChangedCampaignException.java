package io.tombola.deploy.run;

import java.util.List;

/** The store contains a campaign of the same name with another specification. */
public final class ChangedCampaignException extends RuntimeException {

  /**
   * Reports the difference in one line.
   *
   * @param difference the differing keys, each with both values
   */
  public ChangedCampaignException(String campaign, String store, List<String> difference) {
    super(
        "campaign '"
            + campaign
            + "' in "
            + store
            + " was started with other values ("
            + String.join("; ", difference)
            + "); resume it with the original values, or give the changed campaign another name"
            + " (--set name=...) or another --store");
  }
}
