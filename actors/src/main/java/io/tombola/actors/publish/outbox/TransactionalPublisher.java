package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.TopicLayout;
import io.tombola.actors.publish.topic.TopicCreator;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.record.Topic;
import io.tombola.protocol.record.Topics;
import io.tombola.storage.Failpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A store's connection to the cluster: one transactional producer. A transaction holds results of
 * one replicate and the offset up to which they are published, or states. After any exception,
 * close it and open a new one, which completes or aborts the transaction in doubt and fences an
 * older producer of the same store. Not thread-safe.
 *
 * <p>A replicate's position is the committed offset of a consumer group of its own on partition 0
 * of the topic; it is a sequence number of the journal, not an offset of the topic, and its
 * metadata identifies the journal. Clusters delete the offsets of idle groups, by default after a
 * week; then the topic itself is scanned.
 */
final class TransactionalPublisher implements AutoCloseable {

  private static final TopicPartition POSITION = new TopicPartition(Topics.ROUNDS, 0);
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "linger.ms", "0",
          "max.block.ms", "10000",
          "delivery.timeout.ms", "15000",
          "transaction.timeout.ms", "30000");

  private final KafkaCluster cluster;
  private final String store;
  private final Admin admin;
  private final Producer<String, byte[]> producer;
  private final PublishedIdScan onTopic;
  private final Map<ReplicateId, ConsumerGroupMetadata> groups = new HashMap<>();

  private TransactionalPublisher(
      KafkaCluster cluster, String store, Admin admin, Producer<String, byte[]> producer) {
    this.cluster = cluster;
    this.store = store;
    this.admin = admin;
    this.producer = producer;
    onTopic = new PublishedIdScan(cluster, store);
  }

  /**
   * Connects, creates the topic of results if missing, and ends an earlier producer's transaction.
   */
  static TransactionalPublisher open(KafkaCluster cluster, PublisherSettings settings)
      throws ExecutionException, InterruptedException {
    String name = name(settings.id());
    Admin admin = Admin.create(cluster.properties(Map.of(), Map.of("client.id", name)));
    TransactionalPublisher opened;
    try {
      opened = new TransactionalPublisher(cluster, settings.id(), admin, producer(cluster, name));
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
    try {
      TopicCreator.create(admin, Topic.ROUNDS, settings.topics());
      opened.producer.initTransactions();
      Failpoint.PRODUCER_OPENED.hit();
      return opened;
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static Producer<String, byte[]> producer(KafkaCluster cluster, String name) {
    Map<String, String> fixed =
        Map.of(
            "client.id",
            name,
            "transactional.id",
            name,
            "enable.idempotence",
            "true",
            "acks",
            "all");
    return new KafkaProducer<>(
        cluster.properties(DEFAULTS, fixed), new StringSerializer(), new ByteArraySerializer());
  }

  /** Creates the topic of states if it is missing. */
  void createStates(TopicLayout size) throws ExecutionException, InterruptedException {
    TopicCreator.create(admin, Topic.CAMPAIGNS, size);
  }

  /** How far a replicate is published; empty if the cluster has no offset or deleted it. */
  Optional<PublishedOffset> position(ReplicateId replicate)
      throws ExecutionException, InterruptedException {
    String group = group(replicate);
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets(
                group, new ListConsumerGroupOffsetsOptions().requireStable(true))
            .partitionsToOffsetAndMetadata(group)
            .get()
            .get(POSITION);
    return Optional.ofNullable(offset).map(PublishedOffset::of);
  }

  /** The ids of a replicate's results on the topic; reads all of it. */
  Set<String> published(ReplicateId replicate) {
    return onTopic.of(replicate);
  }

  /** Publishes results and the offset after them in one transaction. */
  void publish(ReplicateId replicate, List<RoundMessage> results, PublishedOffset position) {
    producer.beginTransaction();
    results.forEach(result -> send(result.toKafka(store)));
    producer.sendOffsetsToTransaction(
        Map.of(POSITION, position.toKafka()),
        groups.computeIfAbsent(replicate, id -> metadataOf(group(id))));
    commit();
  }

  /** Publishes states in one transaction. */
  void publish(List<CampaignMessage> states) {
    producer.beginTransaction();
    states.forEach(state -> send(state.toKafka(store)));
    commit();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The commit throws what a send failed with.
  private void send(ProducerRecord<String, byte[]> message) {
    producer.send(message);
  }

  private void commit() {
    producer.flush();
    Failpoint.PUBLISH_DUE.hit();
    producer.commitTransaction();
    Failpoint.PUBLISHED.hit();
  }

  /**
   * The metadata of a group without members. Only a consumer can make it, since Kafka 4.2
   * deprecates its constructors for removal; this one never polls, so it makes no connection.
   */
  private ConsumerGroupMetadata metadataOf(String group) {
    Map<String, String> fixed =
        Map.of("group.id", group, "client.id", group, "enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            cluster.properties(Map.of(), fixed),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return consumer.groupMetadata();
    }
  }

  private String group(ReplicateId replicate) {
    return name(store) + "/" + replicate;
  }

  private static String name(String store) {
    return "tombola-publisher-" + store;
  }

  /** Closes the connection at once; the next producer ends a transaction in flight. */
  @Override
  public void close() {
    // Kafka's clients do not close in an interrupted thread.
    boolean interrupted = Thread.interrupted();
    try {
      producer.close(Duration.ZERO);
    } catch (InterruptException e) {
      // The producer is closed nevertheless.
      interrupted = true;
    } finally {
      admin.close(Duration.ZERO);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
