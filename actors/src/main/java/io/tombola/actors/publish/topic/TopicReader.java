package io.tombola.actors.publish.topic;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.KafkaUnavailableException;
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

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
  private static final Duration OPEN_TRANSACTION_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

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
   * Passes every record that is committed now to {@code reader}, in order within a key. A commit
   * becomes visible with a delay, so this waits for open transactions, but only for 3 seconds: a
   * killed publisher leaves its transaction open for half a minute.
   *
   * @return how many there were
   * @throws KafkaUnavailableException if the cluster does not answer or has no such topic
   */
  public long read(String topic, Consumer<Received> reader) {
    return reading(topic, new Pass(reader, End.AVAILABLE));
  }

  /**
   * Like {@link #read}, and continues with later records until the thread is interrupted; its
   * interrupt flag is set on return.
   */
  public long follow(String topic, Consumer<Received> reader) {
    return reading(topic, new Pass(reader, End.NEVER));
  }

  /** Like {@link #read}, but fails unless all open transactions end. */
  public long readSettled(String topic, Consumer<Received> reader) {
    return reading(topic, new Pass(reader, End.SETTLED));
  }

  private long reading(String topic, Pass pass) {
    boolean interrupted;
    try (KafkaConsumer<String, byte[]> consumer = consumer("read_committed")) {
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
      interrupted = pass.run(consumer);
    } catch (KafkaException e) {
      throw new KafkaUnavailableException(cluster, e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return pass.count;
  }

  private KafkaConsumer<String, byte[]> consumer(String isolation) {
    Map<String, String> fixed =
        Map.of("isolation.level", isolation, "allow.auto.create.topics", "false");
    // A broker may be slow on a machine whose cores are all busy with training.
    Map<String, String> defaults = Map.of("default.api.timeout.ms", "30000");
    return new KafkaConsumer<>(
        cluster.properties(defaults, fixed), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Where a reading ends. */
  private enum End {
    /** At the last record written at its beginning, or that which is not kept back for long. */
    AVAILABLE,
    /** At the last record written at its beginning. */
    SETTLED,
    NEVER
  }

  /** One reading from the beginning. */
  private final class Pass {

    private final Consumer<Received> reader;
    private final End end;
    private long count;

    Pass(Consumer<Received> reader, End end) {
      this.reader = reader;
      this.end = end;
    }

    /** Whether an interrupt ended it; the flag is down then, or the consumer could not close. */
    boolean run(KafkaConsumer<String, byte[]> consumer) {
      try {
        readOn(consumer);
        return false;
      } catch (InterruptException e) {
        if (end != End.NEVER) {
          throw e;
        }
        return Thread.interrupted();
      }
    }

    private void readOn(KafkaConsumer<String, byte[]> consumer) {
      Map<TopicPartition, Long> committed = consumer.endOffsets(consumer.assignment());
      Map<TopicPartition, Long> written = written(consumer);
      Duration silence = Duration.ZERO;
      while (end == End.NEVER || !reached(consumer, written)) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL_TIMEOUT);
        records.forEach(message -> reader.accept(received(message)));
        count += records.count();
        silence = records.isEmpty() ? silence.plus(POLL_TIMEOUT) : Duration.ZERO;
        if (end == End.AVAILABLE
            && silence.compareTo(OPEN_TRANSACTION_TIMEOUT) >= 0
            && reached(consumer, committed)) {
          return;
        }
        if (end != End.NEVER && silence.compareTo(TIMEOUT) >= 0) {
          throw new KafkaUnavailableException(
              "Kafka at %s sent nothing for %d s after %d records of %s"
                  .formatted(
                      cluster.bootstrapServers(), TIMEOUT.toSeconds(), count, written.keySet()));
        }
      }
    }

    private Map<TopicPartition, Long> written(KafkaConsumer<String, byte[]> consumer) {
      try (KafkaConsumer<String, byte[]> uncommitted = consumer("read_uncommitted")) {
        return uncommitted.endOffsets(consumer.assignment());
      }
    }

    private boolean reached(
        KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
      return ends.entrySet().stream()
          .allMatch(last -> consumer.position(last.getKey()) >= last.getValue());
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
