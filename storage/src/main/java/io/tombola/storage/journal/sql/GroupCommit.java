package io.tombola.storage.journal.sql;

import io.tombola.storage.Failpoint;
import io.tombola.storage.JournalUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One thread with one connection that does all writing, in the order given: what gathers while a
 * commit waits for the disk shares the next one. Thread-safe; closing finishes what was given.
 */
final class GroupCommit implements AutoCloseable {

  /** Part of a transaction. */
  interface Work {
    void run(Connection connection) throws SQLException;

    /** Called once it is on the disk, before anybody hears of it; does not throw. */
    default void committed() {}
  }

  private record Job(Work work, CompletableFuture<Void> done) {}

  private final Dialect dialect;
  private final int largest;
  private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final Job stop = new Job(connection -> {}, new CompletableFuture<>());
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private boolean closed;

  GroupCommit(Dialect dialect, int largest) {
    this.dialect = dialect;
    this.largest = largest;
    Thread thread = new Thread(this::run, "tombola-journal-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Completes when the work is on the disk; fails with what the work threw, or with the store's
   * exception for what the database did.
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
    try (Slot slot = new Slot()) {
      while (!stop.done().isDone()) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, largest - 1);
        slot.commit(batch);
      }
    } catch (InterruptedException | SQLException e) {
      ended.completeExceptionally(e);
    } finally {
      ended.complete(null);
    }
  }

  /** Holds the connection, which is opened again after a failure. */
  private final class Slot implements AutoCloseable {

    private Connection connection;

    void commit(List<Job> batch) {
      try {
        open();
      } catch (SQLException | RuntimeException | OutOfMemoryError e) {
        fail(batch, e);
        return;
      }
      try {
        together(batch);
        batch.forEach(job -> job.work().committed());
        batch.forEach(job -> job.done().complete(null));
        Failpoint.ACKNOWLEDGED.hit();
      } catch (SQLException | RuntimeException | OutOfMemoryError e) {
        abandon(e);
        boolean away = explained(e) instanceof JournalUnavailableException;
        if (batch.size() == 1 || away) {
          fail(batch, e);
        } else {
          // One bad write must not fail its neighbours.
          batch.forEach(job -> commit(List.of(job)));
        }
      }
    }

    private void open() throws SQLException {
      if (connection == null) {
        connection = dialect.openWriter();
      }
    }

    private void fail(List<Job> batch, Throwable e) {
      batch.forEach(job -> job.done().completeExceptionally(explained(e)));
    }

    private Throwable explained(Throwable e) {
      return e instanceof SQLException sql ? dialect.explained(sql) : e;
    }

    private void together(List<Job> batch) throws SQLException {
      // Switched for each batch: sqlite-jdbc begins the next transaction at a plain commit, and
      // would hold the write lock in between.
      connection.setAutoCommit(false);
      for (Job job : batch) {
        job.work().run(connection);
      }
      Failpoint.COMMIT_DUE.hit();
      connection.setAutoCommit(true);
      Failpoint.COMMITTED.hit();
    }

    // Closing ends the transaction, whatever state the failure left it in.
    private void abandon(Throwable cause) {
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
