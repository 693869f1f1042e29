package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.topic.TopicReader;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ids that a store has published, from a scan of the topic. Scans once, since only the store's
 * own producer adds records. Not thread-safe.
 */
final class PublishedIdScan {

  private final KafkaCluster cluster;
  private final String store;
  private Optional<Map<String, Set<String>>> idsByKey = Optional.empty();

  PublishedIdScan(KafkaCluster cluster, String store) {
    this.cluster = cluster;
    this.store = store;
  }

  /** The ids of a replicate's records. */
  Set<String> of(ReplicateId replicate) {
    if (idsByKey.isEmpty()) {
      Map<String, Set<String>> ids = new HashMap<>();
      new TopicReader(cluster).readSettled(Topics.ROUNDS, record -> note(record, ids));
      idsByKey = Optional.of(ids);
    }
    return idsByKey.get().getOrDefault(replicate.toString(), Set.of());
  }

  private void note(Received record, Map<String, Set<String>> ids) {
    if (store.equals(record.headers().get(RecordHeaders.STORE))) {
      ids.computeIfAbsent(record.key(), none -> new HashSet<>())
          .add(record.headers().get(RecordHeaders.ID));
    }
  }
}
