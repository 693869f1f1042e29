package io.tombola.storage.journal;

import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes events, all of them or none, while no pipeline runs. Stateless. */
public final class JournalWriter {

  private JournalWriter() {}

  /**
   * Writes events that are on the disk when this returns. The caller holds the store's lock.
   *
   * @param events by id, each from its first on
   * @throws IllegalStateException if one of the ids has events already
   */
  public static void begin(StoreLayout store, Map<String, List<TombolaEvent>> events) {
    write(
        store,
        connection -> {
          List<List<EventRow>> logs = new ArrayList<>();
          events.forEach((id, log) -> logs.add(rows(id, 1, log)));
          return logs;
        });
  }

  /**
   * Writes an event after those that {@code id} has; it is on the disk when this returns. The
   * caller holds the store's lock, and has settled its {@link JournalBinding}.
   */
  public static void append(StoreLayout store, String id, TombolaEvent event) {
    write(
        store,
        connection -> {
          long last = EventTable.CURRENT.sequences().of(connection, id).highest();
          return List.of(rows(id, last + 1, List.of(event)));
        });
  }

  private static void write(StoreLayout store, Database.Query<List<List<EventRow>>> logs) {
    Dialect dialect = Dialect.of(JournalAddress.of(store), Optional.of(StoreId.of(store)));
    try (HighWatermark mark = new HighWatermark(store.highWater());
        Connection connection = dialect.openWriter()) {
      JournalInitializer opening =
          new JournalInitializer(dialect::integrityProblems, Optional.of(mark));
      EventAppender appender = new EventAppender();
      connection.setAutoCommit(false);
      opening.run(connection);
      long written = 0;
      for (List<EventRow> rows : logs.run(connection)) {
        appender.append(connection, rows);
        written += rows.size();
      }
      connection.commit();
      opening.committed();
      mark.advance(written);
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private static List<EventRow> rows(String id, long first, List<TombolaEvent> events) {
    String writer = UUID.randomUUID().toString();
    List<EventRow> rows = new ArrayList<>();
    for (TombolaEvent event : events) {
      Payload payload =
          new Payload(
              event.at().toEpochMilli(),
              EventSerializer.IDENTIFIER,
              EventCodec.nameOf(event),
              new String(EventCodec.encode(event), StandardCharsets.UTF_8));
      rows.add(new EventRow(id, first + rows.size(), writer, "", payload));
    }
    return rows;
  }
}
