package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.persistence.SnapshotSelectionCriteria;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.state.CampaignState;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.journal.akka.StateSerializer;
import io.tombola.storage.journal.akka.StoreConfig;
import io.tombola.storage.view.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Journals as version 0.2.0 wrote them, without checksums. */
@Timeout(60)
class MigrationTest {

  private static final String ID = "campaign|one";
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE schema_version (version INTEGER NOT NULL)",
          "CREATE TABLE event_sequence (persistence_id TEXT NOT NULL PRIMARY KEY,"
              + " highest_nr BIGINT NOT NULL, deleted_to_nr BIGINT NOT NULL)",
          "CREATE TABLE event (persistence_id TEXT NOT NULL REFERENCES event_sequence"
              + " (persistence_id), sequence_nr BIGINT NOT NULL, writer TEXT NOT NULL,"
              + " written_at_millis BIGINT NOT NULL, adapter TEXT NOT NULL,"
              + " serializer INTEGER NOT NULL, manifest TEXT NOT NULL, payload TEXT NOT NULL,"
              + " PRIMARY KEY (persistence_id, sequence_nr))",
          "CREATE TABLE snapshot (persistence_id TEXT NOT NULL, sequence_nr BIGINT NOT NULL,"
              + " written_at_millis BIGINT NOT NULL, serializer INTEGER NOT NULL,"
              + " manifest TEXT NOT NULL, payload TEXT NOT NULL,"
              + " PRIMARY KEY (persistence_id, sequence_nr))",
          "INSERT INTO schema_version (version) VALUES (1)");

  @TempDir Path root;
  private StoreLayout store;
  private final List<CampaignEvent> written = new ArrayList<>();

  @BeforeEach
  void writeAsVersionOneDid() throws SQLException {
    store = new StoreLayout(root);
    store.create();
    written.add(Samples.started("one", Samples.NOON));
    written.addAll(completions(1, 1200));
    try (Connection connection = DriverManager.getConnection(store.journalUrl());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : TABLES) {
        statement.execute(sql);
      }
      statement.execute("INSERT INTO event_sequence VALUES ('" + ID + "', 1201, 0)");
      insert(connection);
      statement.execute(
          "INSERT INTO snapshot VALUES ('%s', 1201, 5, %d, 'CampaignState', '%s')"
              .formatted(ID, Payload.STATE_SERIALIZER, json(state())));
      connection.commit();
    }
  }

  @Test
  void areReadUnchanged() throws SQLException {
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(written, events(reader));
      assertEquals(Optional.empty(), reader.checksum(ID, 1));
    }
    assertEquals(List.of(), Verification.of(store).findings());
    assertEquals("1", text("SELECT version FROM schema_version"));
  }

  @Test
  void getTheirChecksumsWhenTheyAreContinued() throws SQLException {
    try (JournalReader early = JournalReader.open(store);
        JournalClient client = new JournalClient(StoreConfig.of(store))) {
      assertEquals(written, client.replay(ID).payloads());
      assertEquals(
          state(), client.load(ID, SnapshotSelectionCriteria.latest()).orElseThrow().snapshot());
      assertEquals(
          List.of("stored 1202"), client.write("w", ID, 1202, completions(1202, 1)).outcomes());
      assertEquals(1202, events(early).size(), "a reader from before the migration continues");
      assertTrue(early.checksum(ID, 1202).isPresent());
    }
    assertEquals("2", text("SELECT version FROM schema_version"));
    execute("UPDATE event SET payload = '{}' WHERE sequence_nr = 700");
    assertTrue(Verification.of(store).findings().get(0).message().contains("event 700 of " + ID));
  }

  @Test
  void stayUnchangedWhenEventsAreMissing() throws SQLException {
    execute("DELETE FROM event WHERE sequence_nr = 900");
    try (JournalClient client = new JournalClient(StoreConfig.of(store))) {
      Throwable cause = client.replay(ID).cause().orElseThrow();
      assertInstanceOf(DamagedJournalException.class, cause);
      assertTrue(cause.getMessage().contains("event 900 of " + ID), cause.getMessage());
    }
    assertEquals("1", text("SELECT version FROM schema_version"));
    assertEquals(
        "0", text("SELECT COUNT(*) FROM pragma_table_info('event') WHERE name = 'checksum'"));
  }

  private void insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO event VALUES (?, ?, 'w', 7, '', ?, ?, ?)")) {
      for (int i = 0; i < written.size(); i++) {
        insert.setString(1, ID);
        insert.setLong(2, i + 1L);
        insert.setInt(3, Payload.EVENT_SERIALIZER);
        insert.setString(4, EventCodec.nameOf(written.get(i)));
        insert.setString(5, new String(EventCodec.encode(written.get(i)), StandardCharsets.UTF_8));
        insert.executeUpdate();
      }
    }
  }

  private CampaignState state() {
    CampaignState state = CampaignState.EMPTY;
    for (CampaignEvent event : written) {
      state = state.apply(event);
    }
    return state;
  }

  private static String json(CampaignState state) {
    return new String(new StateSerializer().toBinary(state), StandardCharsets.UTF_8);
  }

  private static List<?> events(JournalReader reader) {
    return reader.read(ID, 1, Integer.MAX_VALUE).stream().map(StoredEvent::event).toList();
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(store.journalUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(store.journalUrl());
        Statement statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate(sql));
    }
  }
}
