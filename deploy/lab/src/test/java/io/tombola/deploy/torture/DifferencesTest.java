package io.tombola.deploy.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.deploy.torture.Violation.Kind;
import io.tombola.protocol.record.RecordHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DifferencesTest {

  private static final Received FIRST = record("a", 1, "{}");
  private static final Received SECOND = record("b", 2, "{}");
  private static final FinalState WHOLE = evidence(List.of("x", "y"), FIRST, SECOND);

  @Test
  void findsNoneInEqualEvidence() {
    assertEquals(List.of(), Differences.between(WHOLE, WHOLE));
  }

  @Test
  void namesWhatIsMissingDoubleOrInDisorderOnTheTopic() {
    assertEquals(List.of(Kind.LOST), kinds(evidence(List.of("x", "y"), FIRST)));
    assertEquals(
        List.of(Kind.DUPLICATED), kinds(evidence(List.of("x", "y"), FIRST, SECOND, SECOND)));
    assertEquals(List.of(Kind.DIFFERENT), kinds(evidence(List.of("x", "y"), SECOND, FIRST)));
    assertEquals(
        List.of(Kind.DIFFERENT, Kind.LOST),
        kinds(evidence(List.of("x", "y"), FIRST, record("b", 2, "{1}"))));
  }

  @Test
  void namesArtifactsThatAreMissingOrTooMany() {
    assertEquals(
        List.of(Kind.DIFFERENT, Kind.DIFFERENT), kinds(evidence(List.of("x", "z"), FIRST, SECOND)));
  }

  private static List<Kind> kinds(FinalState found) {
    return Differences.between(WHOLE, found).stream().map(Violation::kind).toList();
  }

  private static FinalState evidence(List<String> artifacts, Received... topic) {
    return new FinalState(List.of(), new TreeSet<>(artifacts), List.of(topic), List.of());
  }

  private static Received record(String id, long sequence, String value) {
    Map<String, String> headers =
        Map.of(RecordHeaders.ID, id, RecordHeaders.SEQUENCE, Long.toString(sequence));
    return new Received("key", headers, value, 0, sequence);
  }
}
