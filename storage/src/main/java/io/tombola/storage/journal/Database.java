package io.tombola.storage.journal;

import akka.actor.Extension;
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
 * The journal's database in this process: one connection that writes, several that read. Futures
 * fail with the store's exceptions. Thread-safe; closing waits for what was begun.
 */
final class Database implements Extension, AutoCloseable {

  /** A question, asked in a transaction of its own. */
  interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Dialect dialect;
  private final GroupCommit writer;
  private final ExecutorService readers;
  private final BlockingQueue<Connection> idle;
  private final CompletableFuture<Void> created;
  private final Optional<HighWatermark> mark;
  private final JournalListener listener;
  private final EventAppender appender = new EventAppender();

  /** How much it does at a time. */
  record Sizes(int readConnections, int largestCommit) {}

  Database(Dialect dialect, Optional<HighWatermark> mark, Sizes sizes, JournalListener listener) {
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
    this.mark = mark;
    this.created = writer.submit(new JournalInitializer(dialect::integrityProblems, mark));
  }

  /** Adds one id's events, which follow on each other; completes when they are on the disk. */
  CompletableFuture<Void> append(List<EventRow> events) {
    return write(new Append(events));
  }

  /** Completes when the work is on the disk. */
  CompletableFuture<Void> write(GroupCommit.Work work) {
    CompletableFuture<Void> written = writer.submit(work);
    // Without its tables the database takes nothing; the first failure says why.
    return created.thenCompose(tables -> written);
  }

  /** Completes with the answer, which holds everything written before the call. */
  <T> CompletableFuture<T> read(Query<T> query) {
    return write(connection -> {}).thenApplyAsync(settled -> answer(query), readers);
  }

  @Override
  public void close() {
    readers.shutdown();
    try {
      if (!readers.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the journal's readers do not end");
      }
      for (Connection connection : idle) {
        connection.close();
      }
    } catch (SQLException e) {
      throw dialect.explained(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Last, so that the last connection can fold the write-ahead log into the database.
      writer.close();
      mark.ifPresent(HighWatermark::close);
    }
  }

  private <T> T answer(Query<T> query) {
    try {
      Connection connection = idle.poll();
      if (connection == null) {
        connection = dialect.openReader();
      }
      return answer(query, connection);
    } catch (SQLException e) {
      throw dialect.explained(e);
    }
  }

  private <T> T answer(Query<T> query, Connection connection) throws SQLException {
    boolean reusable = false;
    try {
      T answer = query.run(connection);
      connection.commit();
      reusable = idle.offer(connection);
      return answer;
    } finally {
      if (!reusable) {
        connection.close();
      }
    }
  }

  /** Events on their way to the disk. */
  private final class Append implements GroupCommit.Work {

    private final List<EventRow> events;
    private final long givenNanos = System.nanoTime();

    Append(List<EventRow> events) {
      this.events = events;
    }

    @Override
    public void run(Connection connection) throws SQLException {
      appender.append(connection, events);
    }

    @Override
    public void committed() {
      mark.ifPresent(known -> known.advance(events.size()));
      listener.written(events.size(), System.nanoTime() - givenNanos);
    }
  }
}
