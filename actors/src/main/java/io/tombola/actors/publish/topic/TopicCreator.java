package io.tombola.actors.publish.topic;

import io.tombola.actors.publish.TopicLayout;
import io.tombola.protocol.record.Topic;
import io.tombola.protocol.record.Topic.Cleanup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics with the configuration of the contract. Stateless. */
public final class TopicCreator {

  private static final String HOUR = Long.toString(Duration.ofHours(1).toMillis());

  private TopicCreator() {}

  /** Creates the topic unless it exists, and returns whether it did; never changes a topic. */
  public static boolean create(Admin admin, Topic topic, TopicLayout size)
      throws ExecutionException, InterruptedException {
    // Without this check, users who may not create topics would fail although an operator has.
    if (admin.listTopics().names().get().contains(topic.address())) {
      return false;
    }
    NewTopic created =
        new NewTopic(topic.address(), Optional.of(size.partitions()), size.chosenReplication())
            .configs(of(topic));
    try {
      admin.createTopics(List.of(created)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  /** The configuration of the contract; progress also gets short segments. */
  private static Map<String, String> of(Topic topic) {
    Map<String, String> settings = new HashMap<>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanup().word());
    if (topic.cleanup() == Cleanup.DELETE) {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retentionMillis()));
    }
    if (topic == Topic.PROGRESS) {
      // Kafka deletes whole segments only; progress need not survive a power failure.
      settings.put(TopicConfig.SEGMENT_MS_CONFIG, HOUR);
      settings.put(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, Long.toString(Long.MAX_VALUE));
    }
    return settings;
  }
}
