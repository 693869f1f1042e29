package io.tombola.deploy.serve;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store whose campaign has a long log of restart events. */
final class LongLog {

  private static final Provenance PROVENANCE = new Provenance(new TreeMap<>(), new TreeMap<>());

  private LongLog() {}

  /** Writes a log of {@code events} events, the first at {@code start}, one per second. */
  static StoreLayout write(StoreLayout store, String name, int events, Instant start) {
    store.create();
    CampaignSpec spec =
        ConfigLoader.load(Optional.empty(), List.of("name=" + name, "replicates=2")).campaign();
    List<TombolaEvent> log = new ArrayList<>(List.of(new CampaignStarted(spec, PROVENANCE, start)));
    for (int i = 1; i < events; i++) {
      log.add(new CampaignRestarted(PROVENANCE, start.plusSeconds(i)));
    }
    JournalWriter.begin(store, Map.of(JournalId.campaign(name), log));
    return store;
  }
}
