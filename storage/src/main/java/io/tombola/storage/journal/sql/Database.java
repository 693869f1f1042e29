package io.tombola.storage.journal.sql;

import io.tombola.storage.JournalAddress;
import io.tombola.storage.JournalListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The database of a running journal: one connection that writes, several that read. Futures fail
 * with the store's exceptions. Thread-safe; closing waits for what was begun.
 */
public final class Database implements AutoCloseable {

  /** The most events that are read in one query. */
  public static final int PAGE_SIZE = 500;

  /**
   * Which journal.
   *
   * @param storeId of the store whose journal it is
   * @param highWatermark the file that counts the acknowledged events, if they are counted
   */
  public record Target(JournalAddress address, String storeId, Optional<Path> highWatermark) {}

  /**
   * How much it does at a time.
   *
   * @param readConnections of the pool that reads
   * @param largestCommit the most writes in one transaction
   */
  public record Sizes(int readConnections, int largestCommit) {}

  /** A query in a transaction of its own. */
  interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Dialect dialect;
  private final GroupCommit writer;
  private final ExecutorService readers;
  private final BlockingQueue<Connection> idle;
  private final CompletableFuture<Void> created;
  private final Optional<HighWatermark> watermark;
  private final JournalListener listener;
  private final EventAppender appender = new EventAppender();

  Database(
      Dialect dialect, Optional<HighWatermark> watermark, Sizes sizes, JournalListener listener) {
    this.dialect = dialect;
    this.listener = listener;
    this.writer = new GroupCommit(dialect, sizes.largestCommit());
    this.idle = new ArrayBlockingQueue<>(sizes.readConnections());
    this.readers =
        Executors.newFixedThreadPool(
            sizes.readConnections(),
            task -> {
              Thread thread = new Thread(task, "tombola-journal-reader");
              thread.setDaemon(true);
              return thread;
            });
    this.watermark = watermark;
    this.created = writer.submit(new JournalInitializer(dialect::integrityProblems, watermark));
  }

  /** Connects to the journal at {@code target}; a failure shows in the first future. */
  public static Database open(Target target, Sizes sizes, JournalListener listener) {
    return new Database(
        Dialect.of(target.address(), Optional.of(target.storeId())),
        target.highWatermark().map(HighWatermark::new),
        sizes,
        listener);
  }

  /** Appends one id's events, which are contiguous; completes when they are on the disk. */
  public CompletableFuture<Void> append(List<EventRow> events) {
    return write(new Append(events));
  }

  /** The number of the last event of {@code id}, 0 if it has none. */
  public CompletableFuture<Long> highestSequence(String id) {
    return read(connection -> EventTable.CURRENT.sequences().of(connection, id).highest());
  }

  /** The events {@code from} to {@code to} (inclusive) of {@code id}, at most {@code max}. */
  public CompletableFuture<List<EventRow>> events(String id, long from, long to, int max) {
    return read(connection -> EventTable.CURRENT.read(connection, id, from, to, max));
  }

  /** Deletes the events of {@code id} up to {@code to}; their numbers are never used again. */
  public CompletableFuture<Void> deleteEvents(String id, long to) {
    return write(connection -> EventTable.CURRENT.deleteTo(connection, id, to));
  }

  /** Saves a snapshot in place of an earlier one of the same event. */
  public CompletableFuture<Void> save(SnapshotRow snapshot) {
    return write(connection -> SnapshotTable.save(connection, snapshot));
  }

  /** The snapshots of {@code id} that match, the newest first. */
  public CompletableFuture<List<StoredSnapshot>> snapshots(String id, SnapshotCriteria criteria) {
    return read(connection -> SnapshotTable.newest(connection, id, criteria));
  }

  /** Deletes the snapshots of {@code id} that match. */
  public CompletableFuture<Void> deleteSnapshots(String id, SnapshotCriteria criteria) {
    return write(connection -> SnapshotTable.delete(connection, id, criteria));
  }

  /** Completes when the work is on the disk. */
  CompletableFuture<Void> write(GroupCommit.Work work) {
    CompletableFuture<Void> written = writer.submit(work);
    // Without tables every write fails; the first failure gives the reason.
    return created.thenCompose(tables -> written);
  }

  /** Completes with the result, which includes everything written before the call. */
  <T> CompletableFuture<T> read(Query<T> query) {
    return write(connection -> {}).thenApplyAsync(written -> run(query), readers);
  }

  @Override
  public void close() {
    readers.shutdown();
    try {
      if (!readers.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the journal's read threads do not terminate");
      }
      for (Connection connection : idle) {
        connection.close();
      }
    } catch (SQLException e) {
      throw dialect.explained(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Last, so that the last connection can checkpoint the write-ahead log into the database.
      writer.close();
      watermark.ifPresent(HighWatermark::close);
    }
  }

  private <T> T run(Query<T> query) {
    try {
      Connection connection = idle.poll();
      if (connection == null) {
        connection = dialect.openReader();
      }
      return run(query, connection);
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private <T> T run(Query<T> query, Connection connection) throws SQLException {
    boolean reusable = false;
    try {
      T result = query.run(connection);
      connection.commit();
      reusable = idle.offer(connection);
      return result;
    } finally {
      if (!reusable) {
        connection.close();
      }
    }
  }

  /** An append of events. */
  private final class Append implements GroupCommit.Work {

    private final List<EventRow> events;
    private final long submittedNanos = System.nanoTime();

    Append(List<EventRow> events) {
      this.events = events;
    }

    @Override
    public void run(Connection connection) throws SQLException {
      appender.append(connection, events);
    }

    @Override
    public void committed() {
      watermark.ifPresent(known -> known.advance(events.size()));
      listener.written(events.size(), System.nanoTime() - submittedNanos);
    }
  }
}
