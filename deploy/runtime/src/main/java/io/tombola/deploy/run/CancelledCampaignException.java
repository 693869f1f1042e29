package io.tombola.deploy.run;

/** The user cancelled the campaign. */
public final class CancelledCampaignException extends RuntimeException {

  /** Says how to resume it. */
  public CancelledCampaignException(String campaign, String store) {
    super(
        "expected a campaign to resume, found that '"
            + campaign
            + "' in "
            + store
            + " is cancelled; type 'tombola resume "
            + campaign
            + "', then the same command again");
  }
}
