package io.tombola.actors.failure;

import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;

/**
 * Which remedy a failure gets. A divergence is a function of the seed, so it is never retried;
 * trouble with a device is retried a few times, elsewhere if there is an elsewhere; nothing is
 * retried for ever.
 */
public final class FailurePolicy {

  private static final int DEVICE_RETRIES = 4;
  private static final int BUG_RETRIES = 1;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private FailurePolicy() {}

  /**
   * The remedy for a failure.
   *
   * @param earlier how many times this step has failed before
   */
  public static Remedy remedy(TrialFailure.Kind kind, int earlier) {
    return switch (kind) {
      case DIVERGED -> new Remedy.EndTrial();
      case OUT_OF_MEMORY, DEVICE_LOST -> retry(earlier, DEVICE_RETRIES, true);
      case BUG -> retry(earlier, BUG_RETRIES, false);
      case CORRUPT_ARTIFACT, BAD_DATA -> new Remedy.AbandonReplicate();
      case NO_SPACE -> new Remedy.PauseCampaign();
    };
  }

  private static Remedy retry(int earlier, int limit, boolean quarantine) {
    return earlier < limit
        ? new Remedy.Retry(FIRST_PAUSE.multipliedBy(1L << earlier), quarantine)
        : new Remedy.AbandonReplicate();
  }
}
