package io.tombola.deploy.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.topic.TopicReader;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.CampaignRecord;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a consumer sees on the topic of states. */
final class States {

  private States() {}

  /** Every record of a campaign and its replicates, in order; sequences must not fall. */
  static List<Received> all(String address, String campaign) {
    List<Received> records = new ArrayList<>();
    new TopicReader(KafkaCluster.at(address))
        .read(
            Topics.CAMPAIGNS,
            record -> {
              if ((record.key() + "/").startsWith(campaign + "/")) {
                records.add(record);
              }
            });
    Map<String, Long> last = new TreeMap<>();
    for (Received record : records) {
      long sequence = Long.parseLong(record.headers().get(RecordHeaders.SEQUENCE));
      assertTrue(sequence >= last.getOrDefault(record.key(), 0L), record::toString);
      last.put(record.key(), sequence);
    }
    return records;
  }

  /** The latest of each key. */
  static Map<String, CampaignRecord> latest(String address, String campaign) throws Exception {
    Map<String, CampaignRecord> latest = new TreeMap<>();
    for (Received record : all(address, campaign)) {
      latest.put(record.key(), read(record));
    }
    return latest;
  }

  static CampaignRecord read(Received record) throws JsonProcessingException {
    return Json.MAPPER.readValue(record.value(), CampaignRecord.class);
  }
}
