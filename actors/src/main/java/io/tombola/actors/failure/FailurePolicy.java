package io.tombola.actors.failure;

import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;

/**
 * Which remedy a failure gets. A divergence is a function of the seed, so that only broken hardware
 * is a reason to retry it; trouble with a device is retried a few times, elsewhere if there is an
 * elsewhere; nothing is retried for ever. It decides when work is done again, never what the work
 * is, so it is no part of a campaign.
 *
 * @param divergedRetries of a training that diverged, 0 or more
 * @param deviceRetries of a step whose device is lost or out of memory, 0 or more
 * @param internalRetries of a step that failed by a mistake of this program, 0 or more
 * @param firstPause before a step's first retry; doubles with each further one, up to {@link
 *     #LONGEST_PAUSE}
 */
public record FailurePolicy(
    int divergedRetries, int deviceRetries, int internalRetries, Duration firstPause) {

  /** What a campaign gets that asks for nothing else. */
  public static final FailurePolicy DEFAULT = new FailurePolicy(0, 4, 1, Duration.ofSeconds(1));

  /** No pause is longer. */
  public static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final int LARGEST_SHIFT = 20;

  /** Checks the numbers. */
  public FailurePolicy {
    if (divergedRetries < 0 || deviceRetries < 0 || internalRetries < 0) {
      throw new IllegalArgumentException("expected retries of 0 or more, found fewer");
    }
    if (firstPause.isNegative() || firstPause.isZero()) {
      throw new IllegalArgumentException("expected a pause, found " + firstPause);
    }
  }

  /**
   * The remedy for a failure.
   *
   * @param earlier how many times this step has failed in that way before, without getting further
   * @param control whether nothing but its own trial depends on the step
   */
  public FailureAction remedy(TrialFailure.Kind kind, int earlier, boolean control) {
    FailureAction usedUp =
        control ? new FailureAction.EndTrial() : new FailureAction.AbandonReplicate();
    return switch (kind) {
      case DIVERGED ->
          earlier < divergedRetries ? retry(earlier, true) : new FailureAction.EndTrial();
      case OUT_OF_MEMORY, DEVICE_LOST -> earlier < deviceRetries ? retry(earlier, true) : usedUp;
      case BUG -> earlier < internalRetries ? retry(earlier, false) : usedUp;
      case CORRUPT_ARTIFACT, BAD_DATA -> new FailureAction.AbandonReplicate();
      case NO_SPACE -> new FailureAction.PauseCampaign();
    };
  }

  private FailureAction retry(int earlier, boolean quarantine) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(earlier, LARGEST_SHIFT));
    return new FailureAction.Retry(shorter(pause, LONGEST_PAUSE), quarantine);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
