package io.tombola.deploy.text;

import java.time.Duration;
import java.util.Locale;

/** Formats durations for people. */
public final class DurationText {

  private DurationText() {}

  /** Such as {@code 45 s}, {@code 3 min 05 s}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
  public static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
    return String.format(Locale.ROOT, "%d d %d h", seconds / 86_400, seconds % 86_400 / 3600);
  }
}
