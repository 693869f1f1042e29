package io.tombola.deploy.run;

import io.tombola.actors.publish.ReplicateLog;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.storage.journal.JournalReader;
import java.util.List;

/**
 * The journal as the publisher reads it. Confined to the publisher's thread, as the reader is.
 *
 * @param reader a reader of its own
 */
record JournalLog(JournalReader reader) implements ReplicateLog {

  @Override
  public List<ReplicateId> replicates() {
    return reader.ids().stream().flatMap(id -> JournalId.replicateOf(id).stream()).toList();
  }

  @Override
  public List<Entry> read(ReplicateId replicate, long fromSequence, int max) {
    return reader.read(JournalId.replicate(replicate), fromSequence, max).stream()
        .map(stored -> new Entry(stored.sequence(), (ReplicateEvent) stored.event()))
        .toList();
  }
}
