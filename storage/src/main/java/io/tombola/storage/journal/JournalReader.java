package io.tombola.storage.journal;

import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Reads a store's events, also while another process writes them, without holding it up. Each call
 * sees everything that was acknowledged before it. Thread-safe, one call at a time; the caller
 * closes it.
 *
 * <p>Every method that reads throws {@link DamagedJournalException} if the database is damaged.
 */
public final class JournalReader implements AutoCloseable {

  private static final int PAGE = 500;

  private final Dialect dialect;
  private final Connection connection;

  private JournalReader(Dialect dialect, Connection connection) {
    this.dialect = dialect;
    this.connection = connection;
  }

  /**
   * Opens the journal of {@code store} for reading only.
   *
   * @throws NoStoreException if there is none
   * @throws JournalUnavailableException if its database does not answer
   * @throws NewerJournalException if a later version of this program wrote it
   */
  public static JournalReader open(StoreLayout store) {
    if (!JournalAddress.isKnownTo(store)) {
      throw new NoStoreException(store);
    }
    Dialect dialect = Dialect.of(JournalAddress.of(store), StoreId.find(store));
    try {
      JournalReader reader = new JournalReader(dialect, dialect.openReader());
      try {
        if (!reader.ask(Schema::check)) {
          throw new NoStoreException(store);
        }
        return reader;
      } catch (RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  /** Every id that has events, by name. */
  public List<String> ids() {
    // Databases sort texts by rules of their own.
    return ask(EventTable::ids).stream().sorted().toList();
  }

  /** The number of the last event of {@code id}, 0 if it has none. */
  public long highestSequence(String id) {
    return ask(connection -> EventTable.extent(connection, id).highest());
  }

  /**
   * The events of {@code id} from {@code fromSequence} (inclusive) on, at most {@code max}.
   *
   * @throws DamagedJournalException if one is missing or cannot be read; names the id and number
   */
  public List<StoredEvent> read(String id, long fromSequence, int max) {
    return ask(connection -> EventTable.read(connection, id, fromSequence, Long.MAX_VALUE, max))
        .stream()
        .map(JournalReader::decoded)
        .toList();
  }

  /** The state that all events of {@code id} lead to from {@code start}. */
  public <S> S fold(String id, S start, BiFunction<S, StoredEvent, S> step) {
    S state = start;
    long next = 1;
    List<StoredEvent> page;
    do {
      page = read(id, next, PAGE);
      for (StoredEvent event : page) {
        state = step.apply(state, event);
        next = event.sequence() + 1;
      }
    } while (page.size() == PAGE);
    return state;
  }

  /** What the database finds wrong with its own file, a line each; reads all of it. */
  public List<String> integrityProblems() {
    return ask(dialect::integrityProblems);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private synchronized <T> T ask(Database.Query<T> query) {
    try {
      try {
        return query.run(connection);
      } finally {
        // Ends the transaction, so that the next call sees what was written since.
        connection.rollback();
      }
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private static StoredEvent decoded(EventRow row) {
    Payload payload = row.payload();
    if (payload.serializer() != EventSerializer.IDENTIFIER) {
      throw DamagedJournalException.at(row.id(), row.sequence(), "it is no event of Tombola");
    }
    try {
      TombolaEvent event = EventCodec.decode(payload.manifest(), payload.utf8());
      return new StoredEvent(row.id(), row.sequence(), event);
    } catch (RuntimeException e) {
      throw DamagedJournalException.at(row.id(), row.sequence(), e.getMessage(), e);
    }
  }
}
