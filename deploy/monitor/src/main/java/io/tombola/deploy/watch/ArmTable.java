package io.tombola.deploy.watch;

import io.tombola.deploy.report.ArmSummary;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.Arm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table of the newest rounds, one column for each kind of arm. */
record ArmTable(Arms arms) {

  private static final int MAX_ROUNDS = 8;

  /** Draws the table with at most {@code rows} rounds. */
  void draw(Canvas canvas, int rows) {
    List<Integer> rounds = List.copyOf(arms.rounds().keySet());
    if (rounds.isEmpty()) {
      return;
    }
    canvas.emptyLine();
    canvas.heading(
        String.format("%5s %6s", "round", "Pm %")
            + arms.kinds().stream()
                .map(kind -> String.format("  %-22s", arms.nameOf(kind)))
                .collect(Collectors.joining()));
    int shown = Math.min(rounds.size(), Math.max(1, Math.min(MAX_ROUNDS, rows)));
    rounds.subList(rounds.size() - shown, rounds.size()).forEach(r -> canvas.line(row(r)));
  }

  private String row(int round) {
    return String.format("%5d %6s", round, NumberText.pm(arms.remainingPercent(round)))
        + arms.kinds().stream()
            .map(kind -> String.format("  %-22s", cell(round, kind)))
            .collect(Collectors.joining());
  }

  private String cell(int round, Arm.Kind kind) {
    Optional<ArmSummary> summary = arms.summary(round, kind);
    return summary
        .map(
            s ->
                NumberText.percent(s.earlyStopTestAccuracyPercent().mean())
                    + " at "
                    + NumberText.whole(s.earlyStopIteration().mean())
                    + " n="
                    + s.n())
        .orElse("-");
  }
}
