package io.tombola.deploy.report.claims;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A claim and its verdict in a campaign.
 *
 * @param held replicates in which it holds
 * @param n replicates that decide it
 * @param remainingPercent Pm of the rounds compared, falling
 * @param parts the comparisons that must all hold
 * @param notes caveats for the reader
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ClaimScore(
    @JsonUnwrapped Claim claim,
    Verdict verdict,
    int held,
    int n,
    List<Double> remainingPercent,
    List<TestResult> parts,
    List<String> notes) {

  /** Fewer replicates decide nothing. */
  private static final int REPLICATES = 2;

  /** Keeps immutable copies. */
  public ClaimScore {
    remainingPercent = List.copyOf(remainingPercent);
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
  }

  /** Scores contests that must hold all at once, in every one of the rounds. */
  static ClaimScore of(Claim claim, Trials trials, PrunedRounds rounds, List<ClaimTest> contests) {
    List<TestResult> parts = contests.stream().map(c -> c.over(trials, rounds)).toList();
    List<Verdict> replicates = replicates(parts);
    int held = count(replicates, Verdict.HELD);
    int n = held + count(replicates, Verdict.NOT_HELD);
    Verdict verdict =
        n < REPLICATES ? Verdict.NOT_ENOUGH_DATA : held == n ? Verdict.HELD : Verdict.NOT_HELD;
    return new ClaimScore(
        claim,
        verdict,
        held,
        n,
        List.copyOf(rounds.remainingPercent().values()),
        parts,
        Notes.of(n, parts, rounds));
  }

  private static int count(List<Verdict> verdicts, Verdict one) {
    return Math.toIntExact(verdicts.stream().filter(v -> v == one).count());
  }

  /** Of the replicates that have data for every part. */
  private static List<Verdict> replicates(List<TestResult> parts) {
    Set<Integer> complete = new TreeSet<>();
    parts.forEach(part -> part.replicates().forEach(r -> complete.add(r.replicate())));
    parts.forEach(
        part ->
            complete.retainAll(part.replicates().stream().map(ReplicateScore::replicate).toList()));
    return complete.stream()
        .map(
            replicate ->
                ClaimTest.all(
                    parts.stream()
                        .flatMap(part -> part.replicates().stream())
                        .filter(r -> r.replicate() == replicate)
                        .map(ReplicateScore::verdict)
                        .toList()))
        .toList();
  }

  /** This score with one more note. */
  ClaimScore noting(String note) {
    List<String> longer = new ArrayList<>(notes);
    longer.add(note);
    return new ClaimScore(claim, verdict, held, n, remainingPercent, parts, longer);
  }

  /** {@code held in 4 of 5 replicates}, with a warning for one. */
  public String counts() {
    if (n == 0) {
      return "no replicate decides it";
    }
    String counts = "held in " + held + " of " + NumberText.count(n, "replicate");
    return n == 1 ? counts + ": one replicate is an anecdote" : counts;
  }

  /** Whether it is about several rounds at once. */
  public boolean severalRounds() {
    return remainingPercent.size() > 1;
  }
}
