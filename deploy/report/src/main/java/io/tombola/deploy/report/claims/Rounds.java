package io.tombola.deploy.report.claims;

import io.tombola.deploy.text.NumberText;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pruned rounds that a claim speaks of.
 *
 * @param wanted how they were sought, for people
 * @param remainingPercent Pm of each; empty if the campaign has none
 */
record Rounds(String wanted, SortedMap<Integer, Double> remainingPercent) {

  /** How far the nearest round's Pm may be from that of a claim, as a factor. */
  static final double TOLERANCE = 1.15;

  /** The round with the nearest Pm on a log scale, if it is within {@value #TOLERANCE} times. */
  static Rounds nearest(SortedMap<Integer, Double> all, double pm) {
    return new Rounds(
        "within 15 % of Pm " + NumberText.pm(pm),
        all.entrySet().stream()
            .filter(round -> round.getKey() > 0)
            .filter(round -> distance(round.getValue(), pm) <= Math.log(TOLERANCE))
            .min(Comparator.comparingDouble(round -> distance(round.getValue(), pm)))
            .stream()
            .collect(Rounds.map()));
  }

  /** All rounds with {@code most >= Pm >= least}. */
  static Rounds between(SortedMap<Integer, Double> all, double most, double least) {
    String wanted =
        least > 0
            ? "with " + NumberText.pm(most) + " >= Pm >= " + NumberText.pm(least)
            : "with Pm <= " + NumberText.pm(most);
    return new Rounds(
        wanted,
        all.entrySet().stream()
            .filter(round -> round.getKey() > 0)
            .filter(round -> round.getValue() <= most && round.getValue() >= least)
            .collect(Rounds.map()));
  }

  /** One round. */
  static Rounds only(SortedMap<Integer, Double> all, int round) {
    SortedMap<Integer, Double> one = new TreeMap<>();
    one.put(round, all.get(round));
    return new Rounds("of number " + round, one);
  }

  private static double distance(double a, double b) {
    return Math.abs(Math.log(a / b));
  }

  private static java.util.stream.Collector<Map.Entry<Integer, Double>, ?, TreeMap<Integer, Double>>
      map() {
    return Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new);
  }
}
