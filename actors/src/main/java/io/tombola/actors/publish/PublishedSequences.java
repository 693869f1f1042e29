package io.tombola.actors.publish;

import io.tombola.actors.publish.TopicReader.Received;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a store had on the topic when this was first asked: read once, since only the store's own
 * producer adds to it. Not thread-safe.
 */
final class PublishedSequences {

  private final KafkaCluster cluster;
  private final String store;
  private Optional<Map<String, Long>> lastByKey = Optional.empty();

  PublishedSequences(KafkaCluster cluster, String store) {
    this.cluster = cluster;
    this.store = store;
  }

  /** The sequence number of a replicate's last record; 0 if it has none. */
  long last(ReplicateId replicate) {
    if (lastByKey.isEmpty()) {
      Map<String, Long> last = new HashMap<>();
      new TopicReader(cluster).readSettled(Topics.ROUNDS, record -> note(record, last));
      lastByKey = Optional.of(last);
    }
    return lastByKey.get().getOrDefault(replicate.toString(), 0L);
  }

  private void note(Received record, Map<String, Long> last) {
    if (store.equals(record.headers().get(RecordHeaders.STORE))) {
      long sequence = Long.parseLong(record.headers().get(RecordHeaders.SEQUENCE));
      last.merge(record.key(), sequence, Math::max);
    }
  }
}
