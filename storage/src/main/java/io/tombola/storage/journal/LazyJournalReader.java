package io.tombola.storage.journal;

import io.tombola.storage.StoreLayout;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The journal of a store whose first event may not be persisted yet: it has no events until then,
 * and is opened by the first read after it. Thread-safe, one call at a time; the caller closes it.
 */
public final class LazyJournalReader implements EventSource, AutoCloseable {

  private final StoreLayout store;
  private Optional<JournalReader> reader = Optional.empty();

  /** A reader of the journal of {@code store}, which may not exist. */
  public LazyJournalReader(StoreLayout store) {
    this.store = store;
  }

  @Override
  public synchronized SortedMap<String, Long> highestSequences() {
    return opened().map(JournalReader::highestSequences).orElseGet(TreeMap::new);
  }

  @Override
  public synchronized List<StoredEvent> read(String id, long fromSequence, int max) {
    return opened().map(journal -> journal.read(id, fromSequence, max)).orElse(List.of());
  }

  @Override
  public synchronized Optional<String> checksum(String id, long sequence) {
    return opened().flatMap(journal -> journal.checksum(id, sequence));
  }

  @Override
  public synchronized void close() {
    reader.ifPresent(JournalReader::close);
  }

  private Optional<JournalReader> opened() {
    if (reader.isEmpty()) {
      reader = JournalReader.openIfPresent(store);
    }
    return reader;
  }
}
