package io.tombola.deploy.run;

import io.tombola.actors.publish.EventLog;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The journal as the publisher reads it; empty until the first event made it. Confined to the
 * publisher's thread; closed after that has ended.
 */
final class JournalLog implements EventLog, AutoCloseable {

  private final StoreLayout store;
  private Optional<JournalReader> reader = Optional.empty();

  JournalLog(StoreLayout store) {
    this.store = store;
  }

  @Override
  public synchronized List<String> campaigns() {
    return ids().flatMap(id -> JournalId.campaignOf(id).stream()).toList();
  }

  @Override
  public synchronized List<ReplicateId> replicates() {
    return ids().flatMap(id -> JournalId.replicateOf(id).stream()).toList();
  }

  private Stream<String> ids() {
    if (reader.isEmpty()) {
      reader = openIfPresent(store);
    }
    return reader.stream().flatMap(journal -> journal.ids().stream());
  }

  @Override
  public synchronized List<Entry<CampaignEvent>> read(String campaign, long fromSequence, int max) {
    return reader.orElseThrow().read(JournalId.campaign(campaign), fromSequence, max).stream()
        .map(stored -> new Entry<>(stored.sequence(), (CampaignEvent) stored.event()))
        .toList();
  }

  @Override
  public synchronized List<Entry<ReplicateEvent>> read(
      ReplicateId replicate, long fromSequence, int max) {
    return reader.orElseThrow().read(JournalId.replicate(replicate), fromSequence, max).stream()
        .map(stored -> new Entry<>(stored.sequence(), (ReplicateEvent) stored.event()))
        .toList();
  }

  @Override
  public synchronized Optional<String> lineage(ReplicateId replicate, long sequence) {
    return reader.orElseThrow().checksum(JournalId.replicate(replicate), sequence);
  }

  @Override
  public synchronized void close() {
    reader.ifPresent(JournalReader::close);
  }

  /** A reader of the store's journal, if there is a journal yet. */
  static Optional<JournalReader> openIfPresent(StoreLayout store) {
    try {
      return Optional.of(JournalReader.open(store));
    } catch (NoStoreException e) {
      return Optional.empty();
    }
  }
}
