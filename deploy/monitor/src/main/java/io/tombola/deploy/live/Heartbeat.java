package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a running process does at the moment.
 *
 * @param pid of the process
 * @param at when it said so
 * @param fraction the part of the campaign's iterations that is done, from 0 to 1
 * @param etaSeconds about how long the rest takes; empty before there is a pace
 * @param vitals empty in the word of a process before version 0.5.0
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Heartbeat(
    long pid,
    Instant at,
    String campaign,
    double fraction,
    Optional<Long> etaSeconds,
    List<Slot> slots,
    Optional<ProcessMetrics> vitals) {

  /**
   * A device.
   *
   * @param training empty while it has none
   * @param iterationsDone on it by this process, whatever became of them; 0 in the word of one
   *     before version 0.5.0
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Slot(String device, Optional<Training> training, long iterationsDone) {}

  /**
   * A training on a device.
   *
   * @param trial {@code campaign/replicate/round/arm}
   * @param iterations at which it ends
   * @param iterationsPerSecond since this device took it up, measuring included; empty at first
   * @param validationAccuracyPercent as last measured
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Training(
      String trial,
      int iteration,
      int iterations,
      Optional<Double> iterationsPerSecond,
      Optional<Double> validationAccuracyPercent) {}
}
