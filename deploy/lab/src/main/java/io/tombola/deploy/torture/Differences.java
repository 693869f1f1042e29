package io.tombola.deploy.torture;

import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.deploy.torture.Violation.Kind;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.RoundRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The differences between the final states of a tortured campaign and of the uninterrupted one. */
final class Differences {

  private final FinalState expected;
  private final FinalState found;
  private final List<Violation> findings = new ArrayList<>();

  private Differences(FinalState expected, FinalState found) {
    this.expected = expected;
    this.found = found;
  }

  /** Every difference; empty if the states are equal. */
  static List<Violation> between(FinalState expected, FinalState found) {
    Differences differences = new Differences(expected, found);
    found.damage().forEach(line -> differences.add(Kind.LOST, "damaged: " + line));
    differences.rows();
    differences.artifacts();
    differences.topic();
    return differences.findings;
  }

  private void rows() {
    Map<TrialId, RoundRecord> rows =
        found.rows().stream().collect(Collectors.toMap(RoundRecord::trial, Function.identity()));
    for (RoundRecord row : expected.rows()) {
      RoundRecord other = rows.remove(row.trial());
      if (other == null) {
        add(Kind.LOST, "row of " + row.trial());
      } else if (!other.equals(row)) {
        add(Kind.DIFFERENT, "expected row " + row + ", found " + other);
      }
    }
    rows.keySet().forEach(trial -> add(Kind.DIFFERENT, "an unexpected row: " + trial));
  }

  private void artifacts() {
    expected.artifacts().stream()
        .filter(artifact -> !found.artifacts().contains(artifact))
        .forEach(artifact -> add(Kind.DIFFERENT, "expected artifact " + artifact + ", found none"));
    found.artifacts().stream()
        .filter(artifact -> !expected.artifacts().contains(artifact))
        .forEach(artifact -> add(Kind.DIFFERENT, "an unexpected artifact: " + artifact));
  }

  private void topic() {
    Set<String> wanted =
        expected.topic().stream()
            .map(FinalState::line)
            .collect(Collectors.toCollection(HashSet::new));
    Set<String> seen = new HashSet<>();
    Map<String, Long> last = new HashMap<>();
    for (Received record : found.topic()) {
      long sequence = Long.parseLong(record.headers().get(RecordHeaders.SEQUENCE));
      Long before = last.put(record.key(), sequence);
      if (!seen.add(FinalState.id(record))) {
        add(Kind.DUPLICATED, FinalState.id(record) + " is on the topic more than once");
      } else if (!wanted.remove(FinalState.line(record))) {
        add(Kind.DIFFERENT, "an unexpected record on the topic: " + FinalState.line(record));
      }
      if (before != null && before > sequence) {
        add(Kind.DIFFERENT, FinalState.id(record) + " is out of order on the topic");
      }
    }
    wanted.forEach(line -> add(Kind.LOST, "missing from the topic: " + line));
  }

  private void add(Kind kind, String what) {
    findings.add(new Violation(kind, what));
  }
}
