package io.tombola.storage.journal.sql;

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

/**
 * A read-only connection to the tables of a store's journal. Each call is a transaction of its own
 * and sees everything that was acknowledged before it. Thread-safe, one call at a time; the caller
 * closes it.
 *
 * <p>Every method that reads throws {@link io.tombola.storage.DamagedJournalException} if the
 * database is damaged.
 */
public final class ReadConnection implements AutoCloseable {

  private final StoreLayout store;
  private final Dialect dialect;
  private final Connection connection;
  private int version;
  private EventTable events = EventTable.CURRENT;

  private ReadConnection(StoreLayout store, Dialect dialect, Connection connection) {
    this.store = store;
    this.dialect = dialect;
    this.connection = connection;
  }

  /**
   * Connects to the journal of {@code store}.
   *
   * @throws NoStoreException if there is none
   * @throws io.tombola.storage.JournalUnavailableException if its database does not answer
   * @throws io.tombola.storage.NewerJournalException if a later version of this program wrote it
   */
  public static ReadConnection open(StoreLayout store) {
    if (!JournalAddress.isKnownTo(store)) {
      throw absent(store);
    }
    JournalAddress address = JournalAddress.of(store);
    // The database inside is this store's, whatever became of its id.
    Dialect dialect =
        Dialect.of(address, address.isPostgres() ? StoreId.find(store) : Optional.empty());
    try {
      ReadConnection opened = new ReadConnection(store, dialect, dialect.openReader());
      try {
        opened.query(tables -> List.of());
        return opened;
      } catch (RuntimeException e) {
        opened.close();
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

  /** The number of the last event of every id, by name. */
  public SortedMap<String, Long> highestSequences() {
    SortedMap<String, Long> highest = new TreeMap<>();
    query(connection -> events.sequences().all(connection))
        .forEach((id, range) -> highest.put(id, range.highest()));
    return highest;
  }

  /** The number of the last event of {@code id}, 0 if it has none. */
  public long highestSequence(String id) {
    return query(connection -> events.sequences().of(connection, id).highest());
  }

  /** The events of {@code id} from {@code fromSequence} (inclusive) on, at most {@code max}. */
  public List<EventRow> read(String id, long fromSequence, int max) {
    return query(connection -> events.read(connection, id, fromSequence, Long.MAX_VALUE, max));
  }

  /**
   * What only a log with the same events of {@code id} up to {@code sequence} has; empty if there
   * is no such event, or an older version wrote it.
   */
  public Optional<String> checksum(String id, long sequence) {
    return query(connection -> events.checksum(connection, id, sequence));
  }

  /**
   * How many acknowledged events are missing at the log's end.
   *
   * @throws io.tombola.storage.DamagedJournalException if nothing is left
   */
  public long lostEvents() {
    // Before the events, which may grow meanwhile.
    long acknowledged = HighWatermark.read(store.highWater()).atLeast();
    long written = query(connection -> EventCounts.of(connection, version)).written();
    if (written == 0) {
      JournalInitializer.requireNothingAcknowledged(store.highWater());
    }
    return Math.max(0, acknowledged - written);
  }

  /** Whether the file of the high watermark is not what was written. */
  public boolean highWatermarkUnreadable() {
    return HighWatermark.read(store.highWater()) instanceof HighWatermark.Unreadable;
  }

  /** Snapshots that are not what was written, or do not follow from the events there are. */
  public List<SnapshotRow> unusableSnapshots() {
    if (version < Schema.CHECKSUMS) {
      return List.of();
    }
    return query(SnapshotTable::all).stream()
        .filter(found -> !found.sound())
        .map(StoredSnapshot::row)
        .toList();
  }

  /** What the database finds wrong with its own files, a line each; reads all of it. */
  public List<String> integrityProblems() {
    return query(dialect::integrityProblems);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private synchronized <T> T query(Database.Query<T> query) {
    try {
      T result = run(query);
      // Ends the transaction, so that the next call sees what was written since.
      connection.rollback();
      return result;
    } catch (SQLException e) {
      throw rolledBack(dialect.explained(e));
    } catch (RuntimeException e) {
      throw rolledBack(e);
    }
  }

  private <T> T run(Database.Query<T> query) throws SQLException {
    if (version < Schema.VERSION) {
      version = Schema.find(connection).orElseThrow(() -> absent(store));
      events = new EventTable(version);
    }
    return query.run(connection);
  }

  private RuntimeException rolledBack(RuntimeException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // Some failures have ended the transaction already.
      cause.addSuppressed(e);
    }
    return cause;
  }
}
