package io.tombola.actors.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, committed records only. Stateless and thread-safe. */
public final class TopicReader {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaCluster cluster;

  /**
   * One record.
   *
   * @param key empty if the record has none
   * @param headers in their order
   * @param value UTF-8 text
   */
  public record Received(
      String key, Map<String, String> headers, String value, int partition, long offset) {}

  /** A reader of a cluster's topics. */
  public TopicReader(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Hands every record that is committed now to {@code reader}, in order within a key.
   *
   * @return how many there were
   * @throws KafkaUnavailableException if the cluster does not answer or has no such topic
   */
  public long read(String topic, Consumer<Received> reader) {
    return reading(topic, new Pass(reader, false));
  }

  /**
   * Like {@link #read}, and goes on with what comes after it until the thread is interrupted, which
   * it then still is.
   */
  public long follow(String topic, Consumer<Received> reader) {
    return reading(topic, new Pass(reader, true));
  }

  private long reading(String topic, Pass pass) {
    Map<String, String> fixed =
        Map.of("isolation.level", "read_committed", "allow.auto.create.topics", "false");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            cluster.properties(Map.of(), fixed),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new KafkaUnavailableException(
            "Kafka at %s has no topic %s".formatted(cluster.bootstrapServers(), topic));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      pass.run(consumer);
    } catch (InterruptException e) {
      // Kafka has set the thread's interrupt flag again.
      return pass.count;
    } catch (KafkaException e) {
      throw new KafkaUnavailableException(cluster, e);
    }
    return pass.count;
  }

  /** One reading from the beginning. */
  private final class Pass {

    private final Consumer<Received> reader;
    private final boolean follow;
    private long count;

    Pass(Consumer<Received> reader, boolean follow) {
      this.reader = reader;
      this.follow = follow;
    }

    void run(KafkaConsumer<String, byte[]> consumer) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      Duration silence = Duration.ZERO;
      while (follow || !reached(consumer, ends)) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        records.forEach(message -> reader.accept(received(message)));
        count += records.count();
        silence = records.isEmpty() ? silence.plus(POLL) : Duration.ZERO;
        if (!follow && silence.compareTo(PATIENCE) > 0) {
          throw new KafkaUnavailableException(
              "Kafka at %s stopped answering after %d records"
                  .formatted(cluster.bootstrapServers(), count));
        }
      }
    }

    private boolean reached(
        KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
      return ends.entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
  }

  private static Received received(ConsumerRecord<String, byte[]> message) {
    Map<String, String> headers = new LinkedHashMap<>();
    message.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    String key = message.key() == null ? "" : message.key();
    return new Received(key, headers, text(message.value()), message.partition(), message.offset());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
