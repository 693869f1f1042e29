package io.tombola.deploy.report.claims;

import io.tombola.deploy.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scores as plain text and as the sentences that the report shares with it. */
public final class ClaimsText {

  private static final int VERDICT = Verdict.NOT_ENOUGH_DATA.word().length() + 2;
  private static final int WIDTH = 100;

  private ClaimsText() {}

  /** One block a claim: its verdict, then what it says and its numbers; lines end by newlines. */
  public static String of(List<ClaimScore> scores) {
    StringBuilder text = new StringBuilder();
    for (ClaimScore score : scores) {
      String verdict = score.verdict().word();
      for (String line : lines(score)) {
        text.append(verdict).append(" ".repeat(VERDICT - verdict.length())).append(line);
        text.append('\n');
        verdict = "";
      }
    }
    return text.append(summary(scores)).append('\n').toString();
  }

  /** {@code Of 12 claims and questions: 7 held, 3 not held, 2 not enough data.} */
  public static String summary(List<ClaimScore> scores) {
    return "Of "
        + scores.size()
        + " claims and questions: "
        + Stream.of(Verdict.values())
            .map(v -> scores.stream().filter(s -> s.verdict() == v).count() + " " + v.word())
            .collect(Collectors.joining(", "))
        + ".";
  }

  /** The Pm compared, {@code Pm 51.3 %} or {@code Pm 41.0 to 3.52 %}; empty for none. */
  public static String where(ClaimScore score) {
    List<Double> pm = score.remainingPercent();
    if (pm.isEmpty()) {
      return "";
    }
    String first = NumberText.pm(pm.get(0));
    return score.severalRounds()
        ? "Pm " + first + " to " + NumberText.pm(pm.get(pm.size() - 1)) + " %"
        : "Pm " + first + " %";
  }

  /** What was compared and how far it came out, in one sentence; only with data. */
  public static String numbers(TestResult part) {
    Measure measure = part.measure();
    return "%s: %s %s, %s %s; margin %s, n=%d"
        .formatted(
            measure.title(),
            part.subject(),
            measure.format(part.meanValue()),
            part.reference(),
            measure.format(part.meanReference()),
            margin(part),
            part.replicates().size());
  }

  /** The mean margin and its range, {@code +700 (+400 to +1,000)}. */
  private static String margin(TestResult part) {
    Measure measure = part.measure();
    return part.margin()
        .map(
            spread ->
                measure.formatMargin(spread.mean())
                    + (spread.n() == 1
                        ? ""
                        : " ("
                            + measure.formatMargin(spread.min())
                            + " to "
                            + measure.formatMargin(spread.max())
                            + ")"))
        .orElse("unknown");
  }

  private static List<String> lines(ClaimScore score) {
    List<String> lines = new ArrayList<>(wrapped(score.claim().statement()));
    String where = where(score);
    lines.addAll(wrapped((where.isEmpty() ? "" : where + ": ") + score.counts()));
    score.parts().stream()
        .filter(part -> part.margin().isPresent())
        .forEach(part -> lines.addAll(wrapped(numbers(part))));
    score.notes().forEach(note -> lines.addAll(wrapped(note)));
    if (!score.claim().reported().isEmpty()) {
      lines.addAll(wrapped("The paper: " + score.claim().reported() + "."));
    }
    List<String> indented = new ArrayList<>(List.of(lines.get(0)));
    lines.stream().skip(1).forEach(line -> indented.add("  " + line));
    return indented;
  }

  /** Broken between words, so that a block is no wider than a terminal. */
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && VERDICT + 2 + line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
