package io.tombola.deploy.run;

import io.tombola.protocol.record.RoundRecord;
import java.util.Locale;

/** Formats an ended trial as one line. */
final class TrialLine {

  private TrialLine() {}

  static String of(RoundRecord record) {
    String head =
        String.format(Locale.ROOT, "%-30s Pm %6.2f %%", record.trial(), record.remainingPercent());
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
