package io.tombola.deploy.text;

import java.util.Locale;

/** Formats numbers for people, the same way in every locale. */
public final class NumberText {

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

  /** {@code 1 trial}, {@code 2 trials}. */
  public static String count(long n, String noun) {
    return n + " " + (n == 1 ? noun : noun + "s");
  }
}
