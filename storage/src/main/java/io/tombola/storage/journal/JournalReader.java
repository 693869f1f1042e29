package io.tombola.storage.journal;

import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.NewerJournalException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.sql.EventRow;
import io.tombola.storage.journal.sql.Payload;
import io.tombola.storage.journal.sql.ReadConnection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Reads a store's events, also while another process writes them, and never blocks that process.
 * Each call sees everything that was acknowledged before it. Thread-safe, one call at a time; the
 * caller closes it.
 *
 * <p>Every method that reads throws {@link DamagedJournalException} if the database is damaged.
 */
public final class JournalReader implements EventSource, AutoCloseable {

  private final ReadConnection connection;

  private JournalReader(ReadConnection connection) {
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
    return new JournalReader(ReadConnection.open(store));
  }

  /** Opens the journal of {@code store} for reading only; empty if there is none yet. */
  public static Optional<JournalReader> openIfPresent(StoreLayout store) {
    try {
      return Optional.of(open(store));
    } catch (NoStoreException e) {
      return Optional.empty();
    }
  }

  /** Every id that has events, by name. */
  public List<String> ids() {
    return List.copyOf(highestSequences().keySet());
  }

  @Override
  public SortedMap<String, Long> highestSequences() {
    return connection.highestSequences();
  }

  /** The number of the last event of {@code id}, 0 if it has none. */
  public long highestSequence(String id) {
    return connection.highestSequence(id);
  }

  @Override
  public List<StoredEvent> read(String id, long fromSequence, int max) {
    return connection.read(id, fromSequence, max).stream().map(JournalReader::decoded).toList();
  }

  /** The state that all events of {@code id} lead to from {@code start}. */
  public <S> S fold(String id, S start, BiFunction<S, StoredEvent, S> step) {
    Fold<S> fold = new Fold<>(start, step);
    new JournalCursor(this).forEachRemaining(id, fold);
    return fold.state;
  }

  @Override
  public Optional<String> checksum(String id, long sequence) {
    return connection.checksum(id, sequence);
  }

  /**
   * How many acknowledged events are missing at the log's end; without them the log is still sound.
   *
   * @throws DamagedJournalException if nothing is left
   */
  public long lostEvents() {
    return connection.lostEvents();
  }

  /** Whether the file of the high watermark is not what was written. */
  public boolean highWatermarkUnreadable() {
    return connection.highWatermarkUnreadable();
  }

  /** Damaged snapshots, each as {@code id, number}; recovery replays events instead. */
  public List<String> unusableSnapshots() {
    return connection.unusableSnapshots().stream()
        .map(snapshot -> snapshot.id() + ", event " + snapshot.sequence())
        .toList();
  }

  /** What the database finds wrong with its own files, a line each; reads all of it. */
  public List<String> integrityProblems() {
    return connection.integrityProblems();
  }

  @Override
  public void close() {
    connection.close();
  }

  private static StoredEvent decoded(EventRow row) {
    Payload payload = row.payload();
    if (payload.serializer() != Payload.EVENT_SERIALIZER) {
      throw DamagedJournalException.at(row.id(), row.sequence(), "it is no event of Tombola");
    }
    try {
      TombolaEvent event = EventCodec.decode(payload.manifest(), payload.utf8());
      return new StoredEvent(row.id(), row.sequence(), event);
    } catch (RuntimeException e) {
      throw DamagedJournalException.at(row.id(), row.sequence(), e);
    }
  }

  /** The state after the events so far. */
  private static final class Fold<S> implements Consumer<StoredEvent> {

    private final BiFunction<S, StoredEvent, S> step;
    private S state;

    Fold(S start, BiFunction<S, StoredEvent, S> step) {
      this.step = step;
      state = start;
    }

    @Override
    public void accept(StoredEvent event) {
      state = step.apply(state, event);
    }
  }
}
