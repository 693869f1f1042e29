package io.tombola.deploy.text;

/** A progress bar in plain text. */
public final class ProgressBar {

  private ProgressBar() {}

  /** Such as {@code [####....]}, {@code width} characters between the brackets. */
  public static String of(double fraction, int width) {
    int full = (int) Math.floor(Math.max(0, Math.min(1, fraction)) * width);
    return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
  }
}
