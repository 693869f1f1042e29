package io.tombola.protocol.record;

/** The names of the topics; a breaking change would get a new version in the name. */
public final class Topics {

  /** One {@link RoundRecord} per finished trial, keyed {@code campaign/replicate}. */
  public static final String ROUNDS = "tombola.rounds.v1";

  /**
   * The latest {@link CampaignRecord} of each campaign, keyed by its name, and of each of its
   * replicates, keyed {@code campaign/replicate}.
   */
  public static final String CAMPAIGNS = "tombola.campaigns.v1";

  /**
   * {@link ProgressRecord}s while a campaign runs, keyed {@code campaign/replicate}, or by the
   * campaign's name where they concern a device.
   */
  public static final String PROGRESS = "tombola.progress.v1";

  private Topics() {}
}
