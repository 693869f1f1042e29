package io.tombola.deploy.report.claims;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A value of one trial, or of several.
 *
 * @param atLastIteration whether validation loss was smallest at the last iteration of such a
 *     trial: the true early stop may be later, never earlier
 */
record Reading(double value, boolean atLastIteration) {

  /** The mean; empty for none. */
  static Optional<Reading> mean(List<Reading> readings) {
    return readings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reading(
                readings.stream().mapToDouble(Reading::value).average().orElseThrow(),
                readings.stream().anyMatch(Reading::atLastIteration)));
  }

  /** The highest; empty for none. */
  static Optional<Reading> highest(List<Reading> readings) {
    return readings.stream().max(Comparator.comparingDouble(Reading::value));
  }
}
