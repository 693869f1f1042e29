package io.tombola.storage.journal;

import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.sql.EventRow;
import io.tombola.storage.journal.sql.Payload;
import io.tombola.storage.journal.sql.WriteConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes events, all of them or none, while no actor system runs. Stateless. */
public final class JournalWriter {

  private JournalWriter() {}

  /**
   * Writes events that are on the disk when this returns. The caller holds the store's lock.
   *
   * @param events by id, each from its first on
   * @throws IllegalStateException if one of the ids has events already
   */
  public static void begin(StoreLayout store, Map<String, List<TombolaEvent>> events) {
    try (WriteConnection journal = WriteConnection.open(store, JournalAddress.of(store))) {
      events.forEach((id, log) -> journal.append(rows(id, 1, log)));
      journal.commit();
    }
  }

  /**
   * Writes an event after those that {@code id} has; it is on the disk when this returns. The
   * caller holds the store's lock, and has bound the store by {@link JournalBinding}.
   */
  public static void append(StoreLayout store, String id, TombolaEvent event) {
    try (WriteConnection journal = WriteConnection.open(store, JournalAddress.of(store))) {
      journal.append(rows(id, journal.highestSequence(id) + 1, List.of(event)));
      journal.commit();
    }
  }

  private static List<EventRow> rows(String id, long first, List<TombolaEvent> events) {
    String writer = UUID.randomUUID().toString();
    List<EventRow> rows = new ArrayList<>();
    for (TombolaEvent event : events) {
      Payload payload =
          new Payload(
              event.at().toEpochMilli(),
              Payload.EVENT_SERIALIZER,
              EventCodec.nameOf(event),
              new String(EventCodec.encode(event), StandardCharsets.UTF_8));
      rows.add(new EventRow(id, first + rows.size(), writer, "", payload));
    }
    return rows;
  }
}
