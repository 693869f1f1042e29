package io.tombola.training.engine.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExponentialTest {

  @Test
  void isThatOfTheMathematicians() {
    for (double x = 0; x > -700; x -= 0.00731) {
      double exact = Math.exp(x);
      assertEquals(exact, Exponential.of(x), 1e-11 * exact, "e^" + x);
    }
    assertEquals(1, Exponential.of(0));
  }

  @Test
  void isNextToNothingFarBelowZero() {
    assertEquals(Exponential.of(-700), Exponential.of(-1e30));
    assertEquals(Exponential.of(-700), Exponential.of(Double.NEGATIVE_INFINITY));
    assertTrue(Exponential.of(-700) < 1e-300);
    assertTrue(Double.isNaN(Exponential.of(Double.NaN)));
  }
}
