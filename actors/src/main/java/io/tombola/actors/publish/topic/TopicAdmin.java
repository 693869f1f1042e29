package io.tombola.actors.publish.topic;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.KafkaUnavailableException;
import io.tombola.actors.publish.TopicLayout;
import io.tombola.protocol.record.Topic;
import io.tombola.protocol.record.Topic.Cleanup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Creates the topics of a cluster and checks their configuration. Stateless and thread-safe.
 *
 * <p>Every method throws {@link KafkaUnavailableException} if the cluster does not answer or
 * refuses.
 */
public final class TopicAdmin {

  private final KafkaCluster cluster;

  /** The topics of {@code cluster}. */
  public TopicAdmin(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /** Creates the missing topics; returns for each whether it was created. */
  public Map<Topic, Boolean> create(TopicLayout size) throws InterruptedException {
    return withAdmin(
        admin -> {
          Map<Topic, Boolean> created = new EnumMap<>(Topic.class);
          for (Topic topic : Topic.values()) {
            created.put(topic, TopicCreator.create(admin, topic, size));
          }
          return created;
        });
  }

  /** The checks of every topic against the contract. */
  public List<TopicCheck> check() throws InterruptedException {
    return withAdmin(
        admin -> {
          Set<String> there = admin.listTopics().names().get();
          List<TopicCheck> checks = new ArrayList<>();
          for (Topic topic : Topic.values()) {
            boolean exists = there.contains(topic.address());
            checks.add(TopicCheck.existence(topic, exists));
            if (exists) {
              checks.addAll(settings(topic, settings(admin, topic)));
            }
          }
          return checks;
        });
  }

  private static Config settings(Admin admin, Topic topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.address());
    return Objects.requireNonNull(
        admin.describeConfigs(List.of(resource)).all().get().get(resource));
  }

  private static List<TopicCheck> settings(Topic topic, Config found) {
    TopicCheck cleanup = TopicCheck.cleanup(topic, value(found, TopicConfig.CLEANUP_POLICY_CONFIG));
    if (topic.cleanup() == Cleanup.COMPACT) {
      return List.of(cleanup);
    }
    Stream<TopicCheck> retention =
        Stream.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)
            // A topic with limited retention may also have a size limit.
            .filter(
                setting ->
                    topic.retentionMillis() == Topic.FOREVER
                        || setting.equals(TopicConfig.RETENTION_MS_CONFIG))
            .map(
                setting ->
                    TopicCheck.retention(
                        topic, setting, topic.retentionMillis(), value(found, setting)));
    return Stream.concat(Stream.of(cleanup), retention).toList();
  }

  private static String value(Config config, String setting) {
    return config.get(setting).value();
  }

  private interface AdminRequest<T> {
    T send(Admin admin) throws ExecutionException, InterruptedException;
  }

  private <T> T withAdmin(AdminRequest<T> request) throws InterruptedException {
    try (Admin admin = Admin.create(cluster.properties(Map.of(), Map.of()))) {
      return request.send(admin);
    } catch (ExecutionException | KafkaException e) {
      throw new KafkaUnavailableException(cluster, e);
    }
  }
}
