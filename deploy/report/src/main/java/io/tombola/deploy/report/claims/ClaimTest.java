package io.tombola.deploy.report.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A comparison that each replicate decides on its own: {@code subject relation reference}. */
record ClaimTest(Measure measure, Operand subject, Relation relation, Operand reference) {

  private record InRound(MeasuredValue value, MeasuredValue reference, Verdict verdict) {}

  /** The outcome in each replicate that has both sides in one of the rounds at least. */
  TestResult over(Trials trials, PrunedRounds rounds) {
    return TestResult.of(
        this,
        trials.replicates().stream()
            .flatMap(replicate -> in(trials, replicate, rounds).stream())
            .toList());
  }

  private Optional<ReplicateScore> in(Trials trials, int replicate, PrunedRounds rounds) {
    List<InRound> compared = new ArrayList<>();
    for (int round : rounds.remainingPercent().keySet()) {
      Optional<MeasuredValue> value = subject.read(trials, replicate, round, measure);
      Optional<MeasuredValue> other = reference.read(trials, replicate, round, measure);
      if (value.isPresent() && other.isPresent()) {
        compared.add(
            new InRound(
                value.get(), other.get(), relation.judge(measure, value.get(), other.get())));
      }
    }
    if (compared.isEmpty()) {
      return Optional.empty();
    }
    double value = mean(compared.stream().map(InRound::value));
    double other = mean(compared.stream().map(InRound::reference));
    return Optional.of(
        new ReplicateScore(
            replicate,
            value,
            other,
            relation.margin(value, other),
            all(compared.stream().map(InRound::verdict).toList()),
            compared.size(),
            Math.toIntExact(
                compared.stream().filter(round -> round.verdict() == Verdict.HELD).count()),
            compared.stream()
                .anyMatch(r -> r.value().atLastIteration() || r.reference().atLastIteration())));
  }

  /** Of what must hold all at once. */
  static Verdict all(List<Verdict> verdicts) {
    if (verdicts.contains(Verdict.NOT_HELD)) {
      return Verdict.NOT_HELD;
    }
    return verdicts.contains(Verdict.NOT_ENOUGH_DATA) ? Verdict.NOT_ENOUGH_DATA : Verdict.HELD;
  }

  private static double mean(Stream<MeasuredValue> readings) {
    return MeasuredValue.mean(readings.toList()).orElseThrow().value();
  }
}
