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

/** Writes the first events of new ids, all of them or none, while no pipeline runs. Stateless. */
public final class JournalWriter {

  private JournalWriter() {}

  /**
   * Writes events that are on the disk when this returns. The caller holds the store's lock.
   *
   * @param events by id, each from its first on
   * @throws IllegalStateException if one of the ids has events already
   */
  public static void begin(StoreLayout store, Map<String, List<TombolaEvent>> events) {
    Dialect dialect = Dialect.of(JournalAddress.of(store), Optional.of(StoreId.of(store)));
    String writer = UUID.randomUUID().toString();
    try (HighWater mark = new HighWater(store.highWater());
        Connection connection = dialect.openWriter()) {
      Opening opening = new Opening(dialect::integrityProblems, Optional.of(mark));
      EventAppender appender = new EventAppender();
      connection.setAutoCommit(false);
      opening.run(connection);
      for (Map.Entry<String, List<TombolaEvent>> entry : events.entrySet()) {
        appender.append(connection, rows(entry.getKey(), entry.getValue(), writer));
      }
      connection.commit();
      opening.committed();
      mark.advance(events.values().stream().mapToLong(List::size).sum());
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private static List<EventRow> rows(String id, List<TombolaEvent> events, String writer) {
    List<EventRow> rows = new ArrayList<>();
    for (TombolaEvent event : events) {
      Payload payload =
          new Payload(
              event.at().toEpochMilli(),
              EventSerializer.IDENTIFIER,
              EventCodec.nameOf(event),
              new String(EventCodec.encode(event), StandardCharsets.UTF_8));
      rows.add(new EventRow(id, rows.size() + 1, writer, "", payload));
    }
    return rows;
  }
}
