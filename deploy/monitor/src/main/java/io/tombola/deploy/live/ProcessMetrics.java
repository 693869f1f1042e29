package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.trial.TrialFailure;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Counters and gauges of a running process. Counters start at 0 with the process.
 *
 * @param trialsWaiting trials that wait for a device now
 * @param retries failed steps that are retried, by kind of failure
 * @param trainersEnded trainer processes that exited unexpectedly
 * @param publishing empty with {@code kafka.mode = off}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ProcessMetrics(
    int trialsWaiting,
    SortedMap<TrialFailure.Kind, Long> retries,
    long trainersEnded,
    Journal journal,
    Optional<Publishing> publishing) {

  /**
   * Latency of journal writes, from submission until the data is on disk.
   *
   * @param seconds total latency of all writes
   * @param recent writes of the last minute; empty if there were none
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Journal(long writes, long events, double seconds, Optional<Recent> recent) {}

  /** Latency quantiles of recent writes. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Recent(double p50Seconds, double p99Seconds, double maxSeconds) {}

  /**
   * Progress of the Kafka publisher.
   *
   * @param published published results
   * @param pending results read from the journal and not yet published; empty before the first read
   * @param lagSeconds age of the oldest pending result; 0 if there is none
   * @param failures failed deliveries
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Publishing(
      long published, OptionalLong pending, double lagSeconds, long failures) {}
}
