package io.tombola.deploy.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.topic.TopicReader;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;

/** What a consumer sees on the topic of results. */
public final class Rounds {

  private Rounds() {}

  static List<Received> read(String address) {
    return read(KafkaCluster.at(address));
  }

  private static List<Received> read(KafkaCluster cluster) {
    List<Received> records = new ArrayList<>();
    new TopicReader(cluster).read(Topics.ROUNDS, records::add);
    return records;
  }

  /** The ids of one campaign's records for each key, whose sequence numbers must grow. */
  public static Map<String, List<String>> idsByKey(String address, String campaign) {
    return idsByKey(KafkaCluster.at(address), campaign);
  }

  /** As above, for a cluster that needs a client configuration. */
  public static Map<String, List<String>> idsByKey(KafkaCluster cluster, String campaign) {
    Map<String, List<String>> ids = new TreeMap<>();
    Map<String, Long> last = new TreeMap<>();
    for (Received record : read(cluster)) {
      if (record.key().startsWith(campaign + "/")) {
        long sequence = Long.parseLong(record.headers().get(RecordHeaders.SEQUENCE));
        assertTrue(sequence > last.getOrDefault(record.key(), 0L), record::toString);
        last.put(record.key(), sequence);
        ids.computeIfAbsent(record.key(), none -> new ArrayList<>())
            .add(record.headers().get(RecordHeaders.ID));
      }
    }
    return ids;
  }

  /** As above, for a store that lost events: its sequence numbers may fall. */
  static Map<String, List<String>> idsByKeyAfterALoss(String address, String campaign) {
    return read(address).stream()
        .filter(record -> record.key().startsWith(campaign + "/"))
        .collect(
            Collectors.groupingBy(
                Received::key,
                TreeMap::new,
                Collectors.mapping(
                    record -> record.headers().get(RecordHeaders.ID), Collectors.toList())));
  }

  /** Deletes the groups of a store, as a cluster does with groups that were idle for long. */
  static void deleteConsumerGroups(String address, String store) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      List<String> groups =
          admin.listGroups().all().get().stream()
              .map(GroupListing::groupId)
              .filter(group -> group.contains(store))
              .toList();
      assertEquals(2, groups.size(), groups::toString);
      admin.deleteConsumerGroups(groups).all().get();
    }
  }
}
