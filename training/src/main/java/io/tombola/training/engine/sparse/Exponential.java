package io.tombola.training.engine.sparse;

/** e to the power of a number that is not positive, from exactly rounded operations alone. */
final class Exponential {

  private static final double LOG2_E = 1.4426950408889634;
  // ln 2 in two parts; the first has zeros at its end, so that a multiple of it is exact.
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  // Added to a number of moderate size it leaves no room for a fraction.
  private static final double ROUNDER = 0x1.8p52;
  private static final double LEAST = -700;

  private Exponential() {}

  /**
   * The power, with a relative error below 1e-11; at -700 and below that of -700, which is next to
   * nothing. NaN for NaN.
   */
  static double of(double exponent) {
    double x = Math.max(exponent, LEAST);
    double shifted = x * LOG2_E + ROUNDER;
    double whole = shifted - ROUNDER;
    double r = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, x));
    double power = 1.0 / 3628800;
    power = Math.fma(power, r, 1.0 / 362880);
    power = Math.fma(power, r, 1.0 / 40320);
    power = Math.fma(power, r, 1.0 / 5040);
    power = Math.fma(power, r, 1.0 / 720);
    power = Math.fma(power, r, 1.0 / 120);
    power = Math.fma(power, r, 1.0 / 24);
    power = Math.fma(power, r, 1.0 / 6);
    power = Math.fma(power, r, 0.5);
    power = Math.fma(power, r, 1);
    power = Math.fma(power, r, 1);
    // The last bits of the shifted number are the whole one; 1023 is the exponent's bias.
    long scale = (Double.doubleToRawLongBits(shifted) + 1023) << 52;
    return power * Double.longBitsToDouble(scale);
  }
}
