package io.tombola.storage.journal.sql;

import io.tombola.storage.Failpoint;
import io.tombola.storage.JournalUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: one thread with one connection does all writes in order; the writes submitted while
 * a commit waits for the disk share the next transaction. Thread-safe; closing completes all
 * submitted writes.
 */
final class GroupCommit implements AutoCloseable {

  /** One write, a part of a transaction. */
  interface Work {
    void run(Connection connection) throws SQLException;

    /** Called once it is on the disk, before it is acknowledged; does not throw. */
    default void committed() {}
  }

  private record Job(Work work, CompletableFuture<Void> done) {}

  private final Dialect dialect;
  private final int maxBatch;
  private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final Job stop = new Job(connection -> {}, new CompletableFuture<>());
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private boolean closed;

  GroupCommit(Dialect dialect, int maxBatch) {
    this.dialect = dialect;
    this.maxBatch = maxBatch;
    Thread thread = new Thread(this::run, "tombola-journal-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Completes when the work is on the disk; fails with the exception of the work or with the one
   * that reports the database's failure to the user.
   */
  CompletableFuture<Void> submit(Work work) {
    Job job = new Job(work, new CompletableFuture<>());
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
      }
      queue.add(job);
    }
    return job.done();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        queue.add(stop);
      }
    }
    ended.join();
  }

  private void run() {
    List<Job> batch = new ArrayList<>();
    try (WriterConnection writer = new WriterConnection()) {
      while (!stop.done().isDone()) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, maxBatch - 1);
        writer.commit(batch);
      }
    } catch (InterruptedException | SQLException e) {
      ended.completeExceptionally(e);
    } finally {
      ended.complete(null);
    }
  }

  /** The connection, which is reopened after a failure. */
  private final class WriterConnection implements AutoCloseable {

    private @Nullable Connection connection;

    void commit(List<Job> batch) {
      Connection opened;
      try {
        opened = open();
      } catch (SQLException | RuntimeException | OutOfMemoryError e) {
        fail(batch, e);
        return;
      }
      try {
        commitTogether(opened, batch);
        batch.forEach(job -> job.work().committed());
        batch.forEach(job -> job.done().complete(null));
        Failpoint.ACKNOWLEDGED.hit();
      } catch (SQLException | RuntimeException | OutOfMemoryError e) {
        discard(e);
        boolean unavailable = explained(e) instanceof JournalUnavailableException;
        if (batch.size() == 1 || unavailable) {
          fail(batch, e);
        } else {
          // One bad write must not fail the others of its transaction.
          batch.forEach(job -> commit(List.of(job)));
        }
      }
    }

    private Connection open() throws SQLException {
      if (connection == null) {
        connection = dialect.openWriter();
      }
      return connection;
    }

    private void fail(List<Job> batch, Throwable e) {
      batch.forEach(job -> job.done().completeExceptionally(explained(e)));
    }

    private Throwable explained(Throwable e) {
      return e instanceof SQLException sql ? dialect.explained(sql) : e;
    }

    private static void commitTogether(Connection opened, List<Job> batch) throws SQLException {
      // Switched for each batch: sqlite-jdbc begins the next transaction at a plain commit, and
      // would hold the write lock while there is nothing to write.
      opened.setAutoCommit(false);
      for (Job job : batch) {
        job.work().run(opened);
      }
      Failpoint.COMMIT_DUE.hit();
      opened.setAutoCommit(true);
      Failpoint.COMMITTED.hit();
    }

    // Closing ends the transaction, whatever state the failure left it in.
    private void discard(Throwable cause) {
      try {
        close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      } finally {
        connection = null;
      }
    }

    @Override
    public void close() throws SQLException {
      if (connection != null) {
        connection.close();
      }
    }
  }
}
