package io.tombola.training.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SubnormalFlushTest {

  /** From what a sure network says of a wrong class down to nothing, and of both signs. */
  private static DoubleStream small() {
    return DoubleStream.iterate(1.0 / 60, x -> x > 0, x -> x * 0.37).flatMap(x -> both(x));
  }

  private static DoubleStream both(double x) {
    return DoubleStream.of(x, -x);
  }

  @Test
  void aDerivativeIsNeverSubnormalAndKeepsWhatCounts() {
    small()
        .forEach(
            x -> {
              float flushed = (float) SubnormalFlush.derivative(x);
              assertTrue(flushed == 0 || Math.abs(flushed) >= 0x1p-70, x + " became " + flushed);
              assertEquals(x, flushed, Math.max(0x1p-71, Math.abs(x) * 0x1p-24));
            });
    assertTrue(Double.isNaN(SubnormalFlush.derivative(Double.NaN)));
  }
}
