package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.Samples;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.journal.akka.Recorders;
import io.tombola.storage.journal.akka.StateSerializer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a snapshot store must do on any database. */
@Timeout(60)
public abstract class SnapshotContract {

  private static final String ID = "replicate|one|1";
  private static final SnapshotSelectionCriteria LATEST = SnapshotSelectionCriteria.latest();

  /** The JDBC address of a store that is empty when a test begins. */
  protected abstract String url();

  @Test
  void loadsTheNewestAfterReopening() throws SQLException {
    try (JournalClient client = new JournalClient(url())) {
      assertEquals(Optional.empty(), client.load(ID, LATEST));
      saveThree(client);
    }
    try (JournalClient reopened = new JournalClient(url())) {
      SelectedSnapshot found = reopened.load(ID, LATEST).orElseThrow();
      assertEquals(3, found.metadata().sequenceNr());
      assertEquals(3000, found.metadata().timestamp());
      assertEquals(replicate(3), found.snapshot());
    }
  }

  @Test
  void choosesByNumberAndTime() throws SQLException {
    try (JournalClient client = new JournalClient(url())) {
      saveThree(client);
      assertEquals(2, loaded(client, SnapshotSelectionCriteria.create(2, Long.MAX_VALUE)));
      assertEquals(1, loaded(client, SnapshotSelectionCriteria.create(Long.MAX_VALUE, 1999)));
      assertEquals(0, loaded(client, SnapshotSelectionCriteria.create(2, Long.MAX_VALUE, 0, 2001)));
    }
  }

  @Test
  void replacesASnapshotOfTheSameNumber() {
    try (JournalClient client = new JournalClient(url())) {
      client.save(ID, 3, replicate(1));
      client.save(ID, 3, replicate(3));
      SelectedSnapshot found = client.load(ID, LATEST).orElseThrow();
      assertEquals(replicate(3), found.snapshot());
    }
  }

  @Test
  void deletesOneOrMany() throws SQLException {
    try (JournalClient client = new JournalClient(url())) {
      saveThree(client);
      client.delete(new SnapshotMetadata(ID, 3, 0));
      assertEquals(2, loaded(client, LATEST));
      client.delete(new SnapshotMetadata(ID, 2, 2000));
      assertEquals(1, loaded(client, LATEST));
      saveThree(client);
      client.delete(ID, SnapshotSelectionCriteria.create(3, 2000));
      assertEquals(3, loaded(client, LATEST));
      assertEquals(0, loaded(client, SnapshotSelectionCriteria.create(2, Long.MAX_VALUE)));
    }
  }

  @Test
  void holdsReadableJson() throws SQLException {
    try (JournalClient client = new JournalClient(url())) {
      client.save(ID, 1, CampaignState.EMPTY);
    }
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT manifest, payload FROM snapshot")) {
      assertTrue(row.next());
      assertEquals("CampaignState", row.getString(1));
      assertTrue(row.getString(2).contains("\"completed\":[]"), row.getString(2));
    }
  }

  @Test
  void shortensARecoveryThatEndsInTheSameState() throws SQLException {
    String id = "campaign|one";
    CampaignState before = record(id);
    execute("DELETE FROM snapshot WHERE sequence_nr < 20");
    execute("UPDATE event SET payload = 'never read again' WHERE sequence_nr = 20");
    assertEquals(before, recovered(id));
  }

  @Test
  void isNotNeededForARecovery() throws SQLException {
    String id = "campaign|one";
    CampaignState before = record(id);
    execute("DELETE FROM snapshot");
    assertEquals(before, recovered(id));
  }

  @Test
  void isSkippedWhenItIsDamaged() throws SQLException {
    String id = "campaign|one";
    CampaignState before = record(id);
    // A valid snapshot of another state.
    execute("UPDATE snapshot SET payload = REPLACE(payload, '1', '3')");
    assertEquals(before, recovered(id));
  }

  @Test
  void fallsBackToTheOlderSnapshot() throws SQLException {
    try (JournalClient client = new JournalClient(url())) {
      saveThree(client);
      execute("UPDATE snapshot SET written_at_millis = 1 WHERE sequence_nr = 3");
      assertEquals(2, loaded(client, LATEST));
    }
  }

  @Test
  void isNotUsedForALogThatWasReplaced() throws SQLException {
    String id = "campaign|one";
    record(id);
    execute("DELETE FROM event WHERE sequence_nr > 0");
    execute("DELETE FROM event_sequence");
    CampaignState other;
    try (Recorders recorders = new Recorders(url())) {
      var actor = recorders.spawn(id, 0);
      for (int n = 31; n <= 55; n++) {
        recorders.record(actor, completions(n, 1)).join();
      }
      other = recorders.state(actor);
    }
    assertEquals(other, recovered(id));
  }

  private CampaignState record(String id) {
    try (Recorders recorders = new Recorders(url())) {
      var actor = recorders.spawn(id, 10);
      for (int n = 1; n <= 25; n++) {
        recorders.record(actor, completions(n, 1)).join();
      }
      return recorders.state(actor);
    }
  }

  private CampaignState recovered(String id) {
    try (Recorders recorders = new Recorders(url())) {
      return recorders.state(recorders.spawn(id, 10));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      assertTrue(statement.executeUpdate(sql) > 0, "there was nothing to change");
    }
  }

  private void saveThree(JournalClient client) throws SQLException {
    client.save(ID, 1, replicate(1));
    // Akka adds the current time to what it saves.
    try (Connection connection = DriverManager.getConnection(url())) {
      for (int n = 1; n <= 3; n++) {
        SnapshotTable.save(connection, new SnapshotRow(ID, n, payload(n)));
      }
    }
  }

  private static Payload payload(int n) {
    StateSerializer serializer = new StateSerializer();
    String json = new String(serializer.toBinary(replicate(n)), StandardCharsets.UTF_8);
    return new Payload(n * 1000L, serializer.identifier(), "ReplicateState", json);
  }

  private static long loaded(JournalClient client, SnapshotSelectionCriteria criteria) {
    return client.load(ID, criteria).map(found -> found.metadata().sequenceNr()).orElse(0L);
  }

  /** The state after all but the last {@code n} events. */
  private static ReplicateState replicate(int n) {
    var events = Samples.replicate("one", 1);
    return ReplicateState.of(events.subList(0, events.size() - n));
  }
}
