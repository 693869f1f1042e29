package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import java.util.List;

/**
 * What is measured beyond accuracy and early stop.
 *
 * @param instability copies of tickets under other data orders
 * @param earlyBird whether the distance between the masks that successive evaluations of a ticket's
 *     training would give is part of its learning curve (You et al. 2020, arXiv 1909.11957)
 */
public record AnalysisSpec(Instability instability, boolean earlyBird) {

  /**
   * Linear mode connectivity (Frankle et al. 2020, arXiv 1912.05671).
   *
   * @param copies of each such ticket, each trained under a data order of its own; 0 for none
   * @param rounds those whose tickets are copied; empty for all
   * @param points evaluated on the line between copy and ticket, both ends included
   */
  public record Instability(int copies, List<Integer> rounds, int points) {

    /** Checks the numbers. */
    public Instability {
      rounds = rounds == null ? List.of() : List.copyOf(rounds);
      ValueRange.COPIES.check("analysis.instability.copies", copies);
      require(
          rounds.stream().allMatch(round -> round >= 0),
          "analysis.instability.rounds",
          "rounds from 0 on",
          rounds);
      ValueRange.POINTS.check("analysis.instability.points", points);
    }

    /** How many copies of a round's ticket are trained. */
    int copies(int round) {
      return rounds.isEmpty() || rounds.contains(round) ? copies : 0;
    }
  }

  /** No further analysis. */
  public static final AnalysisSpec NONE =
      new AnalysisSpec(new Instability(0, List.of(), 11), false);
}
