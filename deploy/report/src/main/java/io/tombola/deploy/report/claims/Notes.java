package io.tombola.deploy.report.claims;

import io.tombola.deploy.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Caveats for the reader of a score. */
final class Notes {

  private Notes() {}

  static List<String> of(int n, List<TestResult> parts, PrunedRounds rounds) {
    List<String> notes = new ArrayList<>();
    if (rounds.remainingPercent().isEmpty()) {
      notes.add("There is no round " + rounds.wanted() + ".");
    } else if (n == 0 && parts.stream().anyMatch(part -> part.replicates().isEmpty())) {
      notes.add("No replicate has results of both sides.");
    }
    parts.forEach(part -> part(part).forEach(notes::add));
    censored(parts).forEach(notes::add);
    return notes;
  }

  private static Stream<String> part(TestResult part) {
    if (part.replicates().isEmpty()) {
      return Stream.empty();
    }
    Stream.Builder<String> notes = Stream.builder();
    int rounds = part.replicates().stream().mapToInt(ReplicateScore::rounds).sum();
    int held = part.replicates().stream().mapToInt(ReplicateScore::roundsHeld).sum();
    if (rounds > part.replicates().size()) {
      notes.add(
          "Round by round: held in "
              + held
              + " of "
              + rounds
              + " rounds of all replicates"
              + part.replicates().stream()
                  .map(r -> r.roundsHeld() + "/" + r.rounds())
                  .collect(Collectors.joining(", ", " (", ").")));
    }
    if (part.measure() == Measure.EARLY_STOP && part.meanReference() > 0) {
      double earlier = 100 * (1 - part.meanValue() / part.meanReference());
      notes.add(
          "On average "
              + NumberText.whole(Math.abs(earlier))
              + (earlier < 0 ? " % later." : " % earlier."));
    }
    return notes.build();
  }

  /** Early stops that are only lower bounds. */
  private static Stream<String> censored(List<TestResult> parts) {
    List<Integer> replicates =
        parts.stream()
            .flatMap(part -> part.replicates().stream())
            .filter(ReplicateScore::atLastIteration)
            .map(ReplicateScore::replicate)
            .distinct()
            .sorted()
            .toList();
    if (replicates.isEmpty()) {
      return Stream.empty();
    }
    boolean undecided =
        parts.stream()
            .flatMap(part -> part.replicates().stream())
            .anyMatch(r -> r.verdict() == Verdict.NOT_ENOUGH_DATA);
    return Stream.of(
        "Censored: in "
            + NumberText.count(replicates.size(), "replicate")
            + " validation loss was smallest at the last iteration, so that the true early stop may"
            + " lie beyond it"
            + (undecided ? "; where that leaves the comparison open, it is undecided." : "."));
  }
}
