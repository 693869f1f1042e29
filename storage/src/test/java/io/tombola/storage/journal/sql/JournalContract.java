package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.storage.ChildJvm;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.journal.akka.EndlessWriter;
import io.tombola.storage.journal.akka.EndlessWriter.Acknowledged;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.journal.akka.JournalClient.Replayed;
import io.tombola.storage.journal.akka.JournalClient.Written;
import io.tombola.storage.journal.akka.Recorder;
import io.tombola.storage.journal.akka.Recorders;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal must do on any database; each database has a subclass. */
@Timeout(60)
public abstract class JournalContract {

  private static final String ID = "campaign|one";
  private static final long ALL = Long.MAX_VALUE;

  /** The JDBC address of a journal that is empty when a test begins. */
  protected abstract String url();

  @Test
  void replaysWhatWasWrittenInOrder() {
    try (JournalClient client = new JournalClient(url())) {
      assertEquals(
          List.of("stored 1", "stored 2", "stored 3"),
          client.write("w", ID, 1, completions(1, 3)).outcomes());
      assertEquals(completions(1, 3), client.replay(ID).payloads());
    }
    try (JournalClient reopened = new JournalClient(url())) {
      Replayed replayed = reopened.replay(ID);
      assertEquals(completions(1, 3), replayed.payloads());
      assertEquals(List.of(1L, 2L, 3L), replayed.sequences());
      assertEquals(3, replayed.highest());
      assertEquals("w", replayed.events().get(0).writerUuid());
    }
  }

  @Test
  void replaysNothingForAnIdWithoutEvents() {
    try (JournalClient client = new JournalClient(url())) {
      assertEquals(List.of(), client.replay(ID).events());
      assertEquals(0, client.replay(ID).highest());
    }
  }

  @Test
  void keepsTheEventsOfIdsApart() {
    try (JournalClient client = new JournalClient(url())) {
      client.write("w", ID, 1, completions(1, 2));
      client.write("w", "campaign|other", 1, completions(7, 1));
      assertEquals(completions(1, 2), client.replay(ID).payloads());
      assertEquals(completions(7, 1), client.replay("campaign|other").payloads());
    }
  }

  @Test
  void replaysARangeUpToAMaximum() {
    try (JournalClient client = new JournalClient(url())) {
      client.write("w", ID, 1, completions(1, 9));
      assertEquals(List.of(3L, 4L, 5L), client.replay(ID, 3, 5, ALL).sequences());
      assertEquals(List.of(3L, 4L), client.replay(ID, 3, 5, 2).sequences());
      assertEquals(List.of(8L, 9L), client.replay(ID, 8, ALL, ALL).sequences());
      assertEquals(List.of(), client.replay(ID, 1, ALL, 0).sequences());
      assertEquals(List.of(), client.replay(ID, 10, ALL, ALL).sequences());
      assertEquals(9, client.replay(ID, 10, ALL, ALL).highest());
    }
  }

  @Test
  void replaysLongLogs() {
    try (JournalClient client = new JournalClient(url())) {
      client.writeTogether("w", ID, 1, completions(1, 1000));
      client.writeTogether("w", ID, 1001, completions(1001, 234));
      assertEquals(LongStream.rangeClosed(1, 1234).boxed().toList(), client.replay(ID).sequences());
      assertEquals(1000, client.replay(ID, 1, ALL, 1000).events().size());
    }
  }

  @Test
  void holdsTenThousandEvents() {
    try (JournalClient client = new JournalClient(url())) {
      for (int first = 1; first <= 10_000; first += 1000) {
        assertEquals(
            1000, client.write("w", ID, first, completions(first, 1000)).outcomes().size());
      }
      assertEquals(completions(1, 10_000), client.replay(ID).payloads());
    }
  }

  @Test
  void keepsSequencesContiguousUnderConcurrentWriters() {
    try (Recorders recorders = new Recorders(url())) {
      List<CompletableFuture<Long>> last = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ActorRef<Recorder.Command> actor = recorders.spawn("campaign|c" + i, 0);
        CompletableFuture<Long> answer = CompletableFuture.completedFuture(0L);
        for (int n = 1; n <= 40; n++) {
          answer = recorders.record(actor, completions(n, 1));
        }
        last.add(answer);
      }
      last.forEach(answer -> assertEquals(40, answer.join()));
    }
    try (JournalClient client = new JournalClient(url())) {
      for (int i = 0; i < 8; i++) {
        assertEquals(completions(1, 40), client.replay("campaign|c" + i).payloads());
      }
    }
  }

  @Test
  void rejectsAnEventThatIsNotTextAndLeavesNoGap() {
    try (JournalClient client = new JournalClient(url())) {
      List<CampaignEvent> good = completions(1, 1);
      Written written = client.write("w", ID, 1, List.of(good.get(0), new Object(), good.get(0)));
      assertEquals(List.of("stored 1", "rejected 2", "rejected 3"), written.outcomes());
      assertEquals(
          List.of("rejected 2"), client.write("w", ID, 2, List.of(new byte[] {-1})).outcomes());
      assertEquals(List.of("stored 2"), client.write("w", ID, 2, good).outcomes());
      assertEquals(List.of(1L, 2L), client.replay(ID).sequences());
    }
  }

  @Test
  void storesAllOfAnAtomicWriteOrNothing() {
    try (JournalClient client = new JournalClient(url())) {
      List<Object> broken = List.of(completions(1, 1).get(0), new Object());
      assertEquals(
          List.of("rejected 1", "rejected 2"), client.writeTogether("w", ID, 1, broken).outcomes());
      assertEquals(List.of(), client.replay(ID).events());
    }
  }

  @Test
  void failsAWriteWhoseSequenceNumberIsNotTheNext() {
    try (JournalClient client = new JournalClient(url())) {
      client.write("w", ID, 1, completions(1, 3));
      for (long wrong : List.of(1L, 3L, 5L)) {
        Written written = client.write("other", ID, wrong, completions(9, 1));
        String cause = written.cause().orElseThrow().toString();
        assertTrue(cause.contains("expected event 4 of " + ID), cause);
      }
      assertEquals(completions(1, 3), client.replay(ID).payloads());
    }
  }

  @Test
  void failsAReplayOfAWriterThatWasReplaced() {
    try (JournalClient client = new JournalClient(url())) {
      client.write("first", ID, 1, completions(1, 1));
      client.write("second", ID, 2, completions(2, 1));
      client.write("first", ID, 3, completions(3, 1));
      assertTrue(client.replay(ID).cause().isPresent());
    }
  }

  @Test
  void deletesUpToASequenceNumberAndNeverReusesIt() {
    try (JournalClient client = new JournalClient(url())) {
      client.write("w", ID, 1, completions(1, 5));
      client.deleteTo(ID, 3);
      client.deleteTo(ID, 2);
      assertEquals(List.of(4L, 5L), client.replay(ID).sequences());
      client.deleteTo(ID, ALL);
      assertEquals(List.of(), client.replay(ID).events());
    }
    try (JournalClient reopened = new JournalClient(url())) {
      assertEquals(5, reopened.replay(ID).highest());
      assertEquals(List.of("stored 6"), reopened.write("w", ID, 6, completions(6, 1)).outcomes());
      assertEquals(List.of(6L), reopened.replay(ID).sequences());
    }
  }

  @Test
  void failsAReplayAtAGap() throws SQLException {
    writeThenBreak(5, "DELETE FROM event WHERE sequence_nr = 3");
    assertReplayFailsAt(3, "missing");
  }

  @Test
  void failsAReplayOfALogThatLostItsBeginning() throws SQLException {
    writeThenBreak(5, "DELETE FROM event WHERE sequence_nr = 1");
    assertReplayFailsAt(1, "missing");
  }

  @Test
  void failsAReplayOfALogThatLostItsEnd() throws SQLException {
    writeThenBreak(5, "DELETE FROM event WHERE sequence_nr >= 4");
    assertReplayFailsAt(4, "missing");
  }

  @Test
  void failsAReplayOfAnEventOfALaterVersion() throws SQLException {
    writeForeign("FromTheFuture", "{}");
    assertReplayFailsAt(1, "FromTheFuture");
  }

  @Test
  void failsAReplayOfAnEventThatIsNotJson() throws SQLException {
    writeForeign("ReplicateCompleted", "{\"replicate\":");
    assertReplayFailsAt(1, "ReplicateCompleted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE event SET payload = REPLACE(payload, '2', '9') WHERE sequence_nr = 2",
        "UPDATE event SET written_at_millis = written_at_millis + 1 WHERE sequence_nr = 2",
        "UPDATE event SET writer = 'x' WHERE sequence_nr = 2",
        "UPDATE event SET adapter = 'x' WHERE sequence_nr = 2",
        "UPDATE event SET manifest = 'CampaignFinished' WHERE sequence_nr = 2",
        "UPDATE event SET serializer = serializer + 1 WHERE sequence_nr = 2",
        "UPDATE event SET payload = (SELECT payload FROM event WHERE sequence_nr = 4),"
            + " checksum = (SELECT checksum FROM event WHERE sequence_nr = 4)"
            + " WHERE sequence_nr = 2",
      })
  void failsAReplayOfAChangedEvent(String change) throws SQLException {
    writeThenBreak(5, change);
    assertReplayFailsAt(2, "not what was written");
  }

  @Test
  void failsAReplayOfSwappedEvents() throws SQLException {
    writeThenBreak(5, "UPDATE event SET sequence_nr = 99 WHERE sequence_nr = 2");
    execute("UPDATE event SET sequence_nr = 2 WHERE sequence_nr = 3");
    execute("UPDATE event SET sequence_nr = 3 WHERE sequence_nr = 99");
    assertReplayFailsAt(2, "not what was written");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE event_sequence SET highest_nr = 4",
        "UPDATE event_sequence SET deleted_to_nr = 2",
        "UPDATE event_sequence SET highest_checksum = ''",
      })
  void failsAReplayOfALogWhoseStoredEndWasChanged(String change) throws SQLException {
    writeThenBreak(5, change);
    try (JournalClient client = new JournalClient(url())) {
      Throwable cause = client.replay(ID).cause().orElseThrow();
      assertInstanceOf(DamagedJournalException.class, cause);
      assertTrue(cause.getMessage().contains(ID), cause.getMessage());
    }
  }

  @Test
  void writesNothingToALogWithEventsBeyondItsEnd() throws SQLException {
    writeThenBreak(5, "UPDATE event SET sequence_nr = 7 WHERE sequence_nr = 5");
    try (JournalClient client = new JournalClient(url())) {
      client.write("w", "campaign|other", 1, completions(1, 1));
      assertTrue(client.replay(ID).cause().isPresent());
    }
  }

  @Test
  void keepsAcknowledgedEventsWhenItIsKilled() throws Exception {
    Map<String, Long> acknowledged = new TreeMap<>();
    for (int kill = 1; kill <= 2; kill++) {
      try (ChildJvm child = ChildJvm.start(EndlessWriter.class, url())) {
        for (int lines = 0; lines < 150 * kill; lines++) {
          note(child.line(), acknowledged);
        }
        List<String> rest = child.kill();
        // The last line may be cut.
        rest.subList(0, Math.max(0, rest.size() - 1)).forEach(line -> note(line, acknowledged));
      }
      assertEquals(4, acknowledged.size());
      try (JournalClient client = new JournalClient(url())) {
        acknowledged.forEach(
            (id, last) -> {
              Replayed replayed = client.replay(id);
              assertEquals(Optional.empty(), replayed.cause());
              assertTrue(
                  replayed.highest() >= last, id + " lost events after " + replayed.highest());
              assertEquals(replayed.highest(), replayed.events().size());
            });
      }
    }
  }

  private static void note(String line, Map<String, Long> acknowledged) {
    Acknowledged event = Acknowledged.parse(line);
    acknowledged.merge(event.id(), event.sequence(), Math::max);
  }

  private void writeThenBreak(int events, String sql) throws SQLException {
    try (JournalClient client = new JournalClient(url())) {
      client.write("w", ID, 1, completions(1, events));
    }
    execute(sql);
  }

  /** Writes an event of another id, as another program with the same tables would. */
  private void writeForeign(String manifest, String payload) throws SQLException {
    try (JournalClient client = new JournalClient(url())) {
      client.write("w", "campaign|other", 1, completions(1, 1));
    }
    Payload foreign = new Payload(1, Payload.EVENT_SERIALIZER, manifest, payload);
    try (Connection connection = DriverManager.getConnection(url())) {
      new EventAppender().append(connection, List.of(new EventRow(ID, 1, "w", "", foreign)));
    }
  }

  private void assertReplayFailsAt(long sequence, String reason) {
    try (JournalClient client = new JournalClient(url())) {
      Throwable cause = client.replay(ID).cause().orElseThrow();
      assertInstanceOf(DamagedJournalException.class, cause);
      String expected = "event " + sequence + " of " + ID;
      assertTrue(cause.getMessage().contains(expected), cause.getMessage());
      assertTrue(cause.getMessage().contains(reason), cause.getMessage());
    }
  }

  /** Changes the database directly. */
  protected final void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
