package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import java.util.Locale;

/** How quantities are written: the same on every machine, whatever its locale. */
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

  /** A mean percentage with its range and count, {@code 87.93 % (min 87.80, max 88.01, n=2)}. */
  public static String spread(SummaryStats spread, String unit) {
    String range =
        spread.n() == 1
            ? ""
            : "min " + percent(spread.min()) + ", max " + percent(spread.max()) + ", ";
    return percent(spread.mean()) + unit + " (" + range + "n=" + spread.n() + ")";
  }

  /** A mean iteration with its range, if it has one, {@code 2,600 (2,500 to 2,700)}. */
  public static String iterations(SummaryStats spread) {
    return spread.min() == spread.max()
        ? whole(spread.mean())
        : whole(spread.mean()) + " (" + whole(spread.min()) + " to " + whole(spread.max()) + ")";
  }

  /** {@code 1 trial}, {@code 2 trials}. */
  public static String count(long n, String noun) {
    return n + " " + (n == 1 ? noun : noun + "s");
  }

  /** What an arm is called beside others: the ticket of round 0 is the dense network. */
  public static String name(ArmSummary arm) {
    return arm.round() == 0 && arm.kind() == Arm.Kind.TICKET ? "dense" : arm.kind().word();
  }
}
