package io.tombola.deploy.bench.engines;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.measure.TimingSummary;

/**
 * How fast a kernel computes or moves.
 *
 * @param amount of one unit: floating-point operations, or bytes
 * @param seconds CPU time of one unit
 * @param perSecond amount per second in the fastest window
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record KernelThroughput(
    String name, double amount, TimingSummary seconds, double perSecond) {

  static KernelThroughput of(String name, double amount, TimingSummary seconds) {
    return new KernelThroughput(name, amount, seconds, amount / seconds.minimum());
  }
}
