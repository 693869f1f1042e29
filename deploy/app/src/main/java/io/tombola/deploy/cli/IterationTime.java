package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.run.RoundCost;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The time that one device slot takes for an iteration and for an evaluation of a round.
 *
 * @param millisPerIteration one optimizer step
 * @param millisPerEvaluation all validation examples, and the test examples as often as the
 *     campaign evaluates them
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record IterationTime(double millisPerIteration, double millisPerEvaluation) {

  /** The rounds to measure: the first, the last, and the first round of each engine. */
  static SortedSet<Integer> measuredRounds(List<RoundCost> rounds) {
    SortedSet<Integer> measured = new TreeSet<>(List.of(0, rounds.size() - 1));
    for (int round = 1; round < rounds.size(); round++) {
      if (rounds.get(round).engine() != rounds.get(round - 1).engine()) {
        measured.add(round);
      }
    }
    return measured;
  }

  /**
   * The times of every round: interpolated between two measured rounds of its engine, linear in the
   * multiplications of surviving weights.
   *
   * @param measured the times of the {@link #measuredRounds}
   */
  static List<IterationTime> ofRounds(
      List<RoundCost> rounds, NavigableMap<Integer, IterationTime> measured) {
    return IntStream.range(0, rounds.size())
        .mapToObj(round -> between(rounds, measured, round))
        .toList();
  }

  private static IterationTime between(
      List<RoundCost> rounds, NavigableMap<Integer, IterationTime> measured, int round) {
    Map.Entry<Integer, IterationTime> above = measured.floorEntry(round);
    Map.Entry<Integer, IterationTime> below = measured.ceilingEntry(round);
    long most = rounds.get(above.getKey()).multiplications();
    long least = rounds.get(below.getKey()).multiplications();
    if (most == least
        || rounds.get(above.getKey()).engine() != rounds.get(below.getKey()).engine()) {
      return above.getValue();
    }
    double part = (double) (most - rounds.get(round).multiplications()) / (most - least);
    return above.getValue().towards(below.getValue(), part);
  }

  private IterationTime towards(IterationTime other, double part) {
    return new IterationTime(
        (1 - part) * millisPerIteration + part * other.millisPerIteration,
        (1 - part) * millisPerEvaluation + part * other.millisPerEvaluation);
  }

  /** The time in milliseconds that one slot needs for {@code work}. */
  double millis(TrainingLoad work) {
    return work.iterations() * millisPerIteration + work.evaluations() * millisPerEvaluation;
  }

  String toText() {
    return String.format(
        Locale.ROOT,
        "%.2f ms per iteration and %.0f ms per evaluation",
        millisPerIteration,
        millisPerEvaluation);
  }
}
