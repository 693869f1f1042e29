package io.tombola.deploy.text;

import java.util.Locale;

/** Formats numbers for people, the same way in every locale. */
public final class NumberText {

  private static final int SIGNIFICANT_DIGITS = 3;
  private static final int MAX_DECIMALS = 6;

  private NumberText() {}

  /** Pm without its unit, {@code 41.1}; two decimals below 10. */
  public static String pm(double percent) {
    return percent == 100
        ? "100"
        : String.format(Locale.ROOT, percent < 10 ? "%.2f" : "%.1f", percent);
  }

  /** A percentage without its unit, two decimals: 0.01 is one of 10,000 test images. */
  public static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A loss in nats without its unit. */
  public static String nats(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A count, {@code 2,600}. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number to the nearest whole one, {@code 2,600}. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** A number with three significant digits, or all digits before the point; {@code -} if none. */
  public static String significant(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : "-";
    }
    int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    int decimals = Math.max(0, Math.min(MAX_DECIMALS, SIGNIFICANT_DIGITS - whole));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Seconds as milliseconds without the unit, with three significant digits. */
  public static String milliseconds(double seconds) {
    return significant(1000 * seconds);
  }

  /** {@code 1 trial}, {@code 2 trials}. */
  public static String count(long n, String noun) {
    return n + " " + (n == 1 ? noun : noun + "s");
  }
}
