package io.tombola.deploy.run;

/** The store holds the campaign as one that its user cancelled. */
public final class CancelledCampaignException extends RuntimeException {

  /** Refuses to go on with it. */
  public CancelledCampaignException(String campaign, String store) {
    super(
        "expected a campaign to go on with, found that '"
            + campaign
            + "' in "
            + store
            + " is cancelled; type 'tombola resume "
            + campaign
            + "' to take that back, and the same command again");
  }
}
