package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.trial.TrialFailure;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * How a running process fares. What it counts, it counts from its own start.
 *
 * @param trialsWaiting for a device, now
 * @param retries steps that failed and were or will be done again, by the kind of failure
 * @param trainersEnded trainer processes that ended before their time
 * @param publishing empty where results stay in the journal
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ProcessMetrics(
    int trialsWaiting,
    SortedMap<TrialFailure.Kind, Long> retries,
    long trainersEnded,
    Journal journal,
    Optional<Publishing> publishing) {

  /**
   * How long writes to the journal take, from being handed in to being on the disk.
   *
   * @param seconds of all writes together
   * @param recent of the last minute; empty without a write in it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Journal(long writes, long events, double seconds, Optional<Recent> recent) {}

  /** Quantiles of how long the newest writes took. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Recent(double p50Seconds, double p99Seconds, double maxSeconds) {}

  /**
   * How far the publisher is.
   *
   * @param published results
   * @param pending results that were read and are not published; empty before any was read
   * @param lagSeconds for how long the oldest of them has waited; 0 if none does
   * @param failures deliveries that failed
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Publishing(
      long published, OptionalLong pending, double lagSeconds, long failures) {}
}
