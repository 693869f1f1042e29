package io.tombola.deploy.run;

import io.tombola.protocol.record.RoundRecord;
import java.util.Locale;
import java.util.Optional;

/** The line that a run prints when a trial has ended. */
public final class TrialLine {

  private static final String DENSITY = " Pm ";

  private TrialLine() {}

  /** The trial whose end {@code line} announces; empty for other lines. */
  public static Optional<String> trialOf(String line) {
    return line.contains(DENSITY)
        ? Optional.of(line.substring(0, line.indexOf(' ')))
        : Optional.empty();
  }

  static String of(RoundRecord record) {
    String head =
        String.format(Locale.ROOT, "%-30s", record.trial())
            + DENSITY
            + String.format(Locale.ROOT, "%6.2f %%", record.remainingPercent());
    if (record.status() != RoundRecord.Status.OK) {
      return head + "  " + record.ending();
    }
    return head
        + String.format(
            Locale.ROOT,
            "  early stop at %,6d  test accuracy %.2f %%",
            record.earlyStopIteration().orElseThrow(),
            record.earlyStopTestAccuracyPercent().orElseThrow());
  }
}
