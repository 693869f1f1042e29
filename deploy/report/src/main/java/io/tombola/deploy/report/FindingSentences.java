package io.tombola.deploy.report;

import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings as sentences that claim no more certainty than the replicates support. */
final class FindingSentences {

  private final Findings findings;
  private final CampaignSpec spec;

  FindingSentences(Findings findings) {
    this.findings = findings;
    this.spec = findings.campaign().spec().orElseThrow();
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    Optional<TicketComparison> winner = findings.winner();
    Optional<TicketComparison> headline = winner.or(findings::mostAccurate);
    if (headline.isEmpty()) {
      sentences.add("Nothing to compare: no pruned round has results for all of its arms.");
    }
    winner.ifPresent(
        w -> sentences.add("Winning ticket" + soFar() + " at " + pm(w) + ": " + measures(w)));
    if (winner.isEmpty()) {
      headline.ifPresent(best -> sentences.addAll(noWinner(best)));
    }
    headline.ifPresent(
        shown -> {
          sentences.add(replicates(shown));
          winner.ifPresent(w -> sentences.add(rounds()));
          sentences.addAll(reservations(shown));
        });
    sentences.addAll(missing());
    return List.copyOf(sentences);
  }

  private List<String> noWinner(TicketComparison best) {
    List<TicketComparison> all = findings.comparisons();
    String range =
        all.size() == 1
            ? "at " + pm(best) + ", the one round compared"
            : "in the "
                + all.size()
                + " rounds compared (Pm "
                + NumberText.pm(all.get(0).remainingPercent())
                + " to "
                + NumberText.pm(all.get(all.size() - 1).remainingPercent())
                + " %)";
    return List.of(
        "No winning ticket was found" + soFar() + " " + range + ".",
        "The most accurate ticket, at " + pm(best) + ": " + measures(best),
        "It falls short, on average: " + String.join("; ", shortcomings(best)) + ".");
  }

  private static List<String> shortcomings(TicketComparison best) {
    List<String> all = new ArrayList<>();
    if (!best.stopsNoLater()) {
      all.add("it stops later than dense");
    }
    if (!best.noLessAccurate()) {
      all.add("it is less accurate than dense");
    }
    best.unbeaten().forEach(kind -> all.add("it is no more accurate than " + kind.word()));
    return all;
  }

  /** Accuracy and early stop of the ticket against each other arm. */
  private static String measures(TicketComparison c) {
    List<String> accuracies =
        c.others().stream()
            .map(o -> o.earlyStopTestAccuracyPercent().percentText(" %") + " " + o.name())
            .toList();
    List<String> stops =
        c.others().stream()
            .map(o -> o.earlyStopIteration().iterationText() + " " + o.name())
            .toList();
    return "%s against %s; early stop at iteration %s against %s."
        .formatted(
            c.ticket().earlyStopTestAccuracyPercent().percentText(" % test accuracy at early stop"),
            listed(accuracies),
            c.ticket().earlyStopIteration().iterationText(),
            listed(stops));
  }

  private static String replicates(TicketComparison c) {
    String controls = listed(c.controls().stream().map(ArmSummary::name).toList());
    return "In %d of %s, each by itself, the ticket at %s stops no later than dense%s accuracy%s."
        .formatted(
            c.holdsIn(),
            NumberText.count(c.replicates(), "replicate"),
            pm(c),
            controls.isEmpty() ? " and has at least its" : ", has at least its",
            controls.isEmpty() ? "" : " and is more accurate than " + controls);
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  private static String listed(List<String> parts) {
    int last = parts.size() - 1;
    return last < 1
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  private String rounds() {
    List<TicketComparison> winning =
        findings.comparisons().stream().filter(TicketComparison::wins).toList();
    return "On average that holds in "
        + winning.size()
        + " of "
        + NumberText.count(findings.comparisons().size(), "round")
        + " compared (Pm "
        + winning.stream()
            .map(c -> NumberText.pm(c.remainingPercent()))
            .collect(Collectors.joining(", "))
        + " %).";
  }

  private List<String> reservations(TicketComparison shown) {
    List<String> all = new ArrayList<>();
    int n = shown.replicates();
    if (n == 1) {
      all.add("One replicate is an anecdote: raise 'replicates' to see how far results spread.");
    }
    SummaryStats ticket = shown.ticket().earlyStopTestAccuracyPercent();
    List<String> overlapping =
        shown.others().stream()
            .filter(o -> ticket.overlaps(o.earlyStopTestAccuracyPercent()))
            .map(ArmSummary::name)
            .toList();
    if (n > 1 && !overlapping.isEmpty()) {
      all.add(
          "The ticket's range of test accuracies overlaps that of "
              + listed(overlapping)
              + ": with n="
              + n
              + " the difference may be chance.");
    }
    if (shown.controls().isEmpty()) {
      all.add(
          "Without controls it is unknown whether the initialisation matters:"
              + " set 'controls.reinit' to 1 or more.");
    }
    long atTheEnd =
        Stream.concat(Stream.of(shown.ticket()), shown.others().stream())
            .mapToLong(ArmSummary::stoppedAtTheEnd)
            .sum();
    if (atTheEnd > 0) {
      all.add(
          "In "
              + atTheEnd
              + " of these trainings"
              + " validation loss was smallest at the last iteration; the true early stop may lie"
              + " beyond it: raise 'training.iterations'.");
    }
    return all;
  }

  private List<String> missing() {
    List<String> all = new ArrayList<>();
    findings
        .campaign()
        .abandoned()
        .forEach(
            (replicate, failure) ->
                all.add("Replicate " + replicate + " was abandoned: " + failure.message()));
    int expected = spec.trials().size();
    int ended = findings.records().size();
    if (ended < expected) {
      String trials = ended + " of " + expected + " trials have ended";
      all.add(
          unfinished()
              ? "Unfinished: " + trials + "; the finding may change."
              : trials + "; the others were abandoned.");
    }
    long failed =
        findings.records().stream().filter(r -> r.status() != RoundRecord.Status.OK).count();
    if (failed > 0) {
      all.add(
          "Left out of every number: "
              + NumberText.count(failed, "trial")
              + " that ended without a result.");
    }
    return all;
  }

  private boolean unfinished() {
    return findings.campaign().finishedAt().isEmpty();
  }

  private String soFar() {
    return unfinished() ? " so far" : "";
  }

  private static String pm(TicketComparison c) {
    return "Pm " + NumberText.pm(c.remainingPercent()) + " %";
  }
}
