package io.tombola.storage.journal.sql;

import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One transaction on a store's journal while no actor system writes to it; closing without {@link
 * #commit} rolls back. For one thread that holds the store's lock; the caller closes it.
 */
public final class WriteConnection implements AutoCloseable {

  private final Dialect dialect;
  private final Connection connection;
  private final HighWatermark watermark;
  private final JournalInitializer initializer;
  private final EventAppender appender = new EventAppender();
  private long appended;

  private WriteConnection(Dialect dialect, Connection connection, HighWatermark watermark) {
    this.dialect = dialect;
    this.connection = connection;
    this.watermark = watermark;
    initializer = new JournalInitializer(dialect::integrityProblems, Optional.of(watermark));
  }

  /**
   * Connects to the journal of {@code store} at {@code address}, and creates or migrates its tables
   * in the transaction.
   *
   * @throws io.tombola.storage.lock.StoreInUseException if another process writes to the database
   * @throws io.tombola.storage.BadJournalAddressException if it is not this store's
   * @throws io.tombola.storage.JournalUnavailableException if it does not answer
   */
  public static WriteConnection open(StoreLayout store, JournalAddress address) {
    Dialect dialect = Dialect.of(address, Optional.of(StoreId.of(store)));
    try {
      WriteConnection opened =
          new WriteConnection(dialect, dialect.openWriter(), new HighWatermark(store.highWater()));
      try {
        opened.connection.setAutoCommit(false);
        opened.initializer.run(opened.connection);
        return opened;
      } catch (SQLException | RuntimeException e) {
        opened.close();
        throw e;
      }
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  /** The number of the last event of {@code id}, 0 if it has none. */
  public long highestSequence(String id) {
    try {
      return EventTable.CURRENT.sequences().of(connection, id).highest();
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  /**
   * Appends one id's events, which are contiguous.
   *
   * @throws IllegalStateException if they do not follow on the last one
   */
  public void append(List<EventRow> events) {
    try {
      appender.append(connection, events);
      appended += events.size();
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  /** Commits; everything is on the disk when this returns. */
  public void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
    // Without new events the watermark stays, so that the next run still notices a loss.
    if (appended > 0) {
      initializer.committed();
      watermark.advance(appended);
    }
  }

  @Override
  public void close() {
    try (watermark) {
      connection.close();
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }
}
