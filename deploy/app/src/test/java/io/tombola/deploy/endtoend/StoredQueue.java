package io.tombola.deploy.endtoend;

import io.tombola.deploy.broker.JournalFixture;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store whose results wait for a broker. */
final class StoredQueue {

  private StoredQueue() {}

  /** Begins a store with the events of {@code queue}. */
  static void write(StoreLayout store, JournalFixture queue) {
    store.create();
    Map<String, List<TombolaEvent>> events = new LinkedHashMap<>();
    Provenance nowhere = new Provenance(new TreeMap<>(), new TreeMap<>());
    events.put(
        JournalId.campaign(queue.campaign().name()),
        List.of(new CampaignStarted(queue.campaign(), nowhere, Instant.EPOCH)));
    queue
        .events()
        .forEach((replicate, all) -> events.put(JournalId.replicate(replicate), List.copyOf(all)));
    JournalWriter.begin(store, events);
  }
}
