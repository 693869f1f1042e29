package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How fast something is done.
 *
 * @param amount of one unit: floating-point operations, or bytes
 * @param seconds processor time of one unit
 * @param perSecond amount per second in the quickest window
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Rate(String name, double amount, TimingSummary seconds, double perSecond) {

  static Rate of(String name, double amount, TimingSummary seconds) {
    return new Rate(name, amount, seconds, amount / seconds.minimum());
  }
}
