package io.tombola.storage.journal;

import io.tombola.storage.DamagedJournalException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A journal as those read it that follow it; see {@link JournalCursor}. */
public interface EventSource {

  /** The number of the last event of every persistence id, by id. */
  SortedMap<String, Long> highestSequences();

  /**
   * The events of {@code id} from {@code fromSequence} (inclusive) on, at most {@code max}.
   *
   * @throws DamagedJournalException if one is missing or cannot be read; names the id and number
   */
  List<StoredEvent> read(String id, long fromSequence, int max);

  /**
   * A checksum over all events of {@code id} up to {@code sequence}; empty if there is no such
   * event, or an older version wrote it without a checksum.
   */
  Optional<String> checksum(String id, long sequence);
}
