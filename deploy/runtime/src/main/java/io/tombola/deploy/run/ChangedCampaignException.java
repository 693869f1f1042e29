package io.tombola.deploy.run;

import java.util.List;

/** The store holds a campaign of the same name that asks for something else. */
public final class ChangedCampaignException extends RuntimeException {

  /**
   * Reports the difference in one line.
   *
   * @param difference what differs, each with both values
   */
  public ChangedCampaignException(String campaign, String store, List<String> difference) {
    super(
        "campaign '"
            + campaign
            + "' in "
            + store
            + " was started with other values ("
            + String.join("; ", difference)
            + "); run it unchanged to go on, or give the changed one another name (--set name=...)"
            + " or another --store");
  }
}
