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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

  private final StoreLayout store;
  private final Dialect dialect;
  private final Connection connection;
  private int version;
  private EventTable events = EventTable.CURRENT;

  private JournalReader(StoreLayout store, Dialect dialect, Connection connection) {
    this.store = store;
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
      throw absent(store);
    }
    JournalAddress address = JournalAddress.of(store);
    // The database inside is this store's, whatever became of its id.
    Dialect dialect =
        Dialect.of(address, address.isPostgres() ? StoreId.find(store) : Optional.empty());
    try {
      JournalReader reader = new JournalReader(store, dialect, dialect.openReader());
      try {
        reader.ask(tables -> List.of());
        return reader;
      } catch (RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private static NoStoreException absent(StoreLayout store) {
    JournalInitializer.requireNothingAcknowledged(store.highWater());
    return new NoStoreException(store);
  }

  /** Every id that has events, by name. */
  public List<String> ids() {
    return List.copyOf(highestSequences().keySet());
  }

  /** The number of the last event of every id, by name. */
  public SortedMap<String, Long> highestSequences() {
    SortedMap<String, Long> highest = new TreeMap<>();
    ask(connection -> events.sequences().all(connection))
        .forEach((id, extent) -> highest.put(id, extent.highest()));
    return highest;
  }

  /** The number of the last event of {@code id}, 0 if it has none. */
  public long highestSequence(String id) {
    return ask(connection -> events.sequences().of(connection, id).highest());
  }

  /**
   * The events of {@code id} from {@code fromSequence} (inclusive) on, at most {@code max}.
   *
   * @throws DamagedJournalException if one is missing or cannot be read; names the id and number
   */
  public List<StoredEvent> read(String id, long fromSequence, int max) {
    return ask(connection -> events.read(connection, id, fromSequence, Long.MAX_VALUE, max))
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

  /**
   * What only a log with the same events of {@code id} up to {@code sequence} has; empty if there
   * is no such event, or an older version wrote it.
   */
  public Optional<String> checksum(String id, long sequence) {
    return ask(connection -> events.checksum(connection, id, sequence));
  }

  /**
   * How many events were acknowledged and are gone: the log lost its end, and is a sound and
   * younger log without them.
   *
   * @throws DamagedJournalException if nothing is left
   */
  public long lostEvents() {
    // Before the events, which may grow meanwhile.
    long acknowledged = HighWatermark.read(store.highWater()).atLeast();
    long written = ask(connection -> EventCounts.of(connection, version)).written();
    if (written == 0) {
      JournalInitializer.requireNothingAcknowledged(store.highWater());
    }
    return Math.max(0, acknowledged - written);
  }

  /** Whether the file that says how many events were acknowledged is not what was written. */
  public boolean highWaterUnreadable() {
    return HighWatermark.read(store.highWater()) instanceof HighWatermark.Unreadable;
  }

  /** Snapshots that are not used, each as {@code id, number}; the log does without them. */
  public List<String> unusableSnapshots() {
    if (version < Schema.CHECKSUMS) {
      return List.of();
    }
    return ask(SnapshotTable::all).stream()
        .filter(found -> !found.sound())
        .map(found -> found.row().id() + ", event " + found.row().sequence())
        .toList();
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
      T answer = answer(query);
      // Ends the transaction, so that the next call sees what was written since.
      connection.rollback();
      return answer;
    } catch (SQLException e) {
      throw abandoned(dialect.explained(e));
    } catch (RuntimeException e) {
      throw abandoned(e);
    }
  }

  private <T> T answer(Database.Query<T> query) throws SQLException {
    if (version < Schema.VERSION) {
      version = Schema.find(connection).orElseThrow(() -> absent(store));
      events = new EventTable(version);
    }
    return query.run(connection);
  }

  private RuntimeException abandoned(RuntimeException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // Some failures have ended the transaction already.
      cause.addSuppressed(e);
    }
    return cause;
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
