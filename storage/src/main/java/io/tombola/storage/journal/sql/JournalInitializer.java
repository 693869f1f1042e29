package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What comes before a journal's first write: what is there is held against what was acknowledged,
 * and its tables are made, or made those of this version.
 */
final class JournalInitializer implements GroupCommit.Work {

  private final Database.Query<List<String>> integrity;
  private final Optional<HighWatermark> mark;
  private long events;

  /**
   * An opening.
   *
   * @param integrity what the database finds wrong with its own files
   * @param mark of the journal, if it has one
   */
  JournalInitializer(Database.Query<List<String>> integrity, Optional<HighWatermark> mark) {
    this.integrity = integrity;
    this.mark = mark;
  }

  /**
   * Works in the caller's transaction.
   *
   * @throws DamagedJournalException if what is there cannot be added to
   */
  @Override
  public void run(Connection connection) throws SQLException {
    List<String> problems = integrity.run(connection);
    if (!problems.isEmpty()) {
      throw new DamagedJournalException(problems.get(0));
    }
    Schema.create(connection);
    events = EventCounts.of(connection, Schema.VERSION).written();
    if (mark.isPresent() && events == 0) {
      requireNothingAcknowledged(mark.get().file());
    }
  }

  /** From here on the mark counts what is there; what is lost is known to be. */
  @Override
  public void committed() {
    mark.ifPresent(known -> known.set(events));
  }

  /** Refuses a journal without events that once had some. */
  static void requireNothingAcknowledged(Path mark) {
    long acknowledged = HighWatermark.read(mark).atLeast();
    if (acknowledged > 0) {
      throw DamagedJournalException.gone(acknowledged, mark);
    }
  }
}
