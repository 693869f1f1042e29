package io.tombola.deploy.report.claims;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.report.SummaryStats;
import java.util.List;
import java.util.Optional;

/**
 * One comparison of a claim over the replicates.
 *
 * @param subject what is compared
 * @param reference with what
 * @param margin over replicates; empty without data
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TestResult(
    Measure measure,
    String subject,
    String reference,
    Optional<SummaryStats> margin,
    List<ReplicateScore> replicates) {

  static TestResult of(ClaimTest contest, List<ReplicateScore> replicates) {
    return new TestResult(
        contest.measure(),
        contest.subject().name(),
        contest.reference().name(),
        replicates.isEmpty()
            ? Optional.empty()
            : Optional.of(SummaryStats.of(replicates.stream().mapToDouble(ReplicateScore::margin))),
        replicates);
  }

  /** Mean of the subject over replicates; only with data. */
  double meanValue() {
    return replicates.stream().mapToDouble(ReplicateScore::value).average().orElseThrow();
  }

  /** Mean of the reference over replicates; only with data. */
  double meanReference() {
    return replicates.stream().mapToDouble(ReplicateScore::reference).average().orElseThrow();
  }
}
