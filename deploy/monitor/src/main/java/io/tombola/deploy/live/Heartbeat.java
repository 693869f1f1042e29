package io.tombola.deploy.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a running process reports about itself each second.
 *
 * @param at when the process wrote it
 * @param fraction completed part of the campaign's iterations, from 0 to 1
 * @param etaSeconds estimated remaining time; empty until the speed is known
 * @param processMetrics empty in a heartbeat of a version before 0.5.0
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Heartbeat(
    long pid,
    Instant at,
    String campaign,
    double fraction,
    Optional<Long> etaSeconds,
    List<Slot> slots,
    @JsonProperty("vitals") Optional<ProcessMetrics> processMetrics) {

  /**
   * The state of a device.
   *
   * @param training empty while it is idle
   * @param iterationsDone iterations that this process computed on it, including repeated ones; 0
   *     in a heartbeat of a version before 0.5.0
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Slot(String device, Optional<Training> training, long iterationsDone) {}

  /**
   * A training on a device.
   *
   * @param trial {@code campaign/replicate/round/arm}
   * @param iterations the last iteration
   * @param iterationsPerSecond since the device started it, including evaluation; empty at first
   * @param validationAccuracyPercent the latest evaluation
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Training(
      String trial,
      int iteration,
      int iterations,
      Optional<Double> iterationsPerSecond,
      Optional<Double> validationAccuracyPercent) {}
}
