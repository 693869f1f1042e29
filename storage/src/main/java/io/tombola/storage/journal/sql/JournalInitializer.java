package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Runs before a journal's first write: compares the stored events with the high watermark, and
 * creates the tables or migrates them to this version.
 */
final class JournalInitializer implements GroupCommit.Work {

  private final Database.Query<List<String>> integrity;
  private final Optional<HighWatermark> watermark;
  private long events;

  /**
   * An initializer.
   *
   * @param integrity what the database finds wrong with its own files
   * @param watermark of the journal, if it has one
   */
  JournalInitializer(Database.Query<List<String>> integrity, Optional<HighWatermark> watermark) {
    this.integrity = integrity;
    this.watermark = watermark;
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
    if (watermark.isPresent() && events == 0) {
      requireNothingAcknowledged(watermark.get().file());
    }
  }

  /** From here on the watermark counts the events there are; a loss was reported before. */
  @Override
  public void committed() {
    watermark.ifPresent(known -> known.set(events));
  }

  /** Refuses a journal without events that once had some. */
  static void requireNothingAcknowledged(Path watermark) {
    long acknowledged = HighWatermark.read(watermark).atLeast();
    if (acknowledged > 0) {
      throw DamagedJournalException.gone(acknowledged, watermark);
    }
  }
}
