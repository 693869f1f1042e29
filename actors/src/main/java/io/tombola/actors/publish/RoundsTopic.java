package io.tombola.actors.publish;

import io.tombola.protocol.record.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topic of results, created with the retention that the contract promises. */
final class RoundsTopic {

  private RoundsTopic() {}

  /** Creates the topic unless it is there; an existing one is left as it is. */
  static void create(Admin admin, PublisherSettings settings)
      throws ExecutionException, InterruptedException {
    // Asked first: where the user may not create topics, an operator has.
    if (admin.listTopics().names().get().contains(Topics.ROUNDS)) {
      return;
    }
    Optional<Short> replication =
        settings.replication() > 0 ? Optional.of(settings.replication()) : Optional.empty();
    NewTopic topic =
        new NewTopic(Topics.ROUNDS, Optional.of(settings.partitions()), replication)
            .configs(Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
