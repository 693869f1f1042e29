package io.tombola.actors.failure;

import io.tombola.protocol.retry.Backoff;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;

/**
 * Which action follows a failure. A divergence is a function of the seed, so that only broken
 * hardware is a reason to retry it; a failure of a device is retried a few times, on another device
 * if there is one; the number of retries is always bounded. The policy decides when a step runs
 * again, never what it computes, so it is not part of the campaign's specification.
 *
 * @param divergedRetries of a training that diverged, 0 or more
 * @param deviceRetries of a step whose device is lost or out of memory, 0 or more
 * @param internalRetries of a step that failed by a bug of this program, 0 or more
 * @param firstPause before a step's first retry; doubles with each further one, up to {@link
 *     #MAX_PAUSE}
 */
public record FailurePolicy(
    int divergedRetries, int deviceRetries, int internalRetries, Duration firstPause) {

  /** The policy of a campaign that configures none. */
  public static final FailurePolicy DEFAULT = new FailurePolicy(0, 4, 1, Duration.ofSeconds(1));

  /** The longest pause before a retry. */
  public static final Duration MAX_PAUSE = Duration.ofMinutes(5);

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
   * The action that follows a failure.
   *
   * @param earlier how many times this step has failed in that way before, without progress in
   *     between
   * @param control whether nothing but its own trial depends on the step
   */
  public FailureAction actionFor(TrialFailure.Kind kind, int earlier, boolean control) {
    FailureAction usedUp =
        control ? new FailureAction.EndTrial() : new FailureAction.AbandonReplicate();
    return switch (kind) {
      case DIVERGED ->
          earlier < divergedRetries ? retry(earlier, true) : new FailureAction.EndTrial();
      case OUT_OF_MEMORY, DEVICE_LOST -> earlier < deviceRetries ? retry(earlier, true) : usedUp;
      case BUG -> earlier < internalRetries ? retry(earlier, false) : usedUp;
      case CORRUPT_ARTIFACT, BAD_DATA -> new FailureAction.AbandonReplicate();
      case NO_SPACE -> new FailureAction.StopCampaign();
    };
  }

  private FailureAction retry(int earlier, boolean quarantine) {
    return new FailureAction.Retry(new Backoff(firstPause, MAX_PAUSE).delay(earlier), quarantine);
  }
}
