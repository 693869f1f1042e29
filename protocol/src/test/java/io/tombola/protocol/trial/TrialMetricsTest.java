package io.tombola.protocol.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialMetricsTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aResultHasNoNumberThatAnEventCouldNotHold(double number) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TrialMetrics(600, 0.25, 91.5, 90.75, number, 90.5));
    assertEquals("expected finite numbers as a result, found " + number, refused.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrialMetrics(600, 0.25, 91.5, 90.75, 0.5, 90.5, OptionalDouble.of(number)));
  }
}
