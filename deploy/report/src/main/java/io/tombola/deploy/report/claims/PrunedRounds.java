package io.tombola.deploy.report.claims;

import io.tombola.deploy.text.NumberText;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pruned rounds that a claim is about.
 *
 * @param wanted the criterion by which they were selected, for people
 * @param remainingPercent Pm of each; empty if the campaign has none
 */
record PrunedRounds(String wanted, SortedMap<Integer, Double> remainingPercent) {

  /** How far the nearest round's Pm may be from that of a claim, as a factor. */
  static final double TOLERANCE = 1.15;

  /** The round with the nearest Pm on a log scale, if it is within {@value #TOLERANCE} times. */
  static PrunedRounds nearest(SortedMap<Integer, Double> all, double pm) {
    return new PrunedRounds(
        "within 15 % of Pm " + NumberText.pm(pm),
        all.entrySet().stream()
            .filter(round -> round.getKey() > 0)
            .filter(round -> distance(round.getValue(), pm) <= Math.log(TOLERANCE))
            .min(Comparator.comparingDouble(round -> distance(round.getValue(), pm)))
            .stream()
            .collect(PrunedRounds.map()));
  }

  /** All rounds with {@code most >= Pm >= least}. */
  static PrunedRounds between(SortedMap<Integer, Double> all, double most, double least) {
    String wanted =
        least > 0
            ? "with " + NumberText.pm(most) + " >= Pm >= " + NumberText.pm(least)
            : "with Pm <= " + NumberText.pm(most);
    return new PrunedRounds(
        wanted,
        all.entrySet().stream()
            .filter(round -> round.getKey() > 0)
            .filter(round -> round.getValue() <= most && round.getValue() >= least)
            .collect(PrunedRounds.map()));
  }

  /** One round. */
  static PrunedRounds only(SortedMap<Integer, Double> all, int round) {
    SortedMap<Integer, Double> one = new TreeMap<>();
    one.put(round, all.get(round));
    return new PrunedRounds("of number " + round, one);
  }

  private static double distance(double a, double b) {
    return Math.abs(Math.log(a / b));
  }

  private static java.util.stream.Collector<Map.Entry<Integer, Double>, ?, TreeMap<Integer, Double>>
      map() {
    return Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new);
  }
}
