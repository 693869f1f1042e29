package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.NewerJournalException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.akka.JournalClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchemaTest {

  private static final String ID = "campaign|one";

  @TempDir Path root;

  @Test
  void readersAndWritersRefuseTheJournalOfALaterVersion() throws SQLException {
    StoreLayout store = new StoreLayout(root);
    store.create();
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      client.write("w", ID, 1, completions(1, 1));
    }
    try (Connection connection = DriverManager.getConnection(store.journalUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE schema_version SET version = 3, checksum = '" + Schema.checksum(3) + "'");
    }
    NewerJournalException refused =
        assertThrows(NewerJournalException.class, () -> JournalReader.open(store));
    assertTrue(refused.getMessage().contains("found version 3"));
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      assertEquals(NewerJournalException.class, client.replay(ID).cause().orElseThrow().getClass());
    }
  }
}
