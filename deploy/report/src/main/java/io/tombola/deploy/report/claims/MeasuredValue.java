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
record MeasuredValue(double value, boolean atLastIteration) {

  /** The mean; empty for none. */
  static Optional<MeasuredValue> mean(List<MeasuredValue> readings) {
    return readings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MeasuredValue(
                readings.stream().mapToDouble(MeasuredValue::value).average().orElseThrow(),
                readings.stream().anyMatch(MeasuredValue::atLastIteration)));
  }

  /** The highest; empty for none. */
  static Optional<MeasuredValue> highest(List<MeasuredValue> readings) {
    return readings.stream().max(Comparator.comparingDouble(MeasuredValue::value));
  }
}
