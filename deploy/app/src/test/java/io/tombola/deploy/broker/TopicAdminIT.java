package io.tombola.deploy.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.TopicLayout;
import io.tombola.actors.publish.topic.TopicAdmin;
import io.tombola.actors.publish.topic.TopicCheck;
import io.tombola.protocol.record.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the topics on a real broker. */
class TopicAdminIT {

  @TempDir Path folder;

  @Test
  void createsMissingTopicsAndReportsDifferences() throws Exception {
    try (BrokerFixture broker = BrokerFixture.start(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      TopicAdmin topics = new TopicAdmin(KafkaCluster.at(broker.address()));
      List<TopicCheck> nothing = topics.check();
      assertEquals(3, nothing.size());
      assertTrue(nothing.stream().noneMatch(check -> check.expectation().holds()));

      Map<Topic, Boolean> first = topics.create(new TopicLayout(3, (short) 1));
      assertEquals(Map.of(Topic.ROUNDS, true, Topic.CAMPAIGNS, true, Topic.PROGRESS, true), first);
      assertEquals(
          Map.of(Topic.ROUNDS, false, Topic.CAMPAIGNS, false, Topic.PROGRESS, false),
          topics.create(TopicLayout.DEFAULT));
      assertEquals(3, partitions(admin));
      assertEquals(List.of(), differing(topics));

      set(admin, Topic.CAMPAIGNS, "cleanup.policy", "delete");
      set(admin, Topic.ROUNDS, "retention.ms", "604800000");
      set(admin, Topic.PROGRESS, "retention.ms", "604800000");
      List<TopicCheck> differing = differing(topics);
      assertEquals(
          List.of("retention.ms", "cleanup.policy"),
          differing.stream().map(TopicCheck::setting).toList());
      assertEquals("604800000", differing.get(0).expectation().found());
      assertEquals(Optional.of("-1"), differing.get(0).correction());
      assertEquals(Optional.of("compact"), differing.get(1).correction());

      set(admin, Topic.PROGRESS, "retention.ms", "3600000");
      assertEquals("at least 86400000", differing(topics).get(2).expectation().expected());
    }
  }

  private static List<TopicCheck> differing(TopicAdmin topics) throws Exception {
    return topics.check().stream().filter(check -> !check.expectation().holds()).toList();
  }

  private static int partitions(Admin admin) throws Exception {
    String topic = Topic.CAMPAIGNS.address();
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  private static void set(Admin admin, Topic topic, String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.address());
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
  }
}
