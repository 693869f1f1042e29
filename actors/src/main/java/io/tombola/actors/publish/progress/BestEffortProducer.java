package io.tombola.actors.publish.progress;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.RecordEncoder;
import io.tombola.actors.publish.topic.TopicCreator;
import io.tombola.protocol.record.ProgressRecord;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.Topic;
import io.tombola.protocol.record.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer without transactions and with short timeouts. A record that fails is lost, and the
 * connection is made again. Confined to one thread except {@link #isConnected} and the callback of
 * the Kafka producer.
 */
final class BestEffortProducer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BestEffortProducer.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
  private static final Map<String, String> SHORT_TIMEOUTS =
      Map.ofEntries(
          Map.entry("acks", "1"),
          Map.entry("enable.idempotence", "false"),
          Map.entry("max.in.flight.requests.per.connection", "1"),
          Map.entry("linger.ms", "1000"),
          Map.entry("max.block.ms", "2000"),
          Map.entry("request.timeout.ms", "3000"),
          Map.entry("delivery.timeout.ms", "4000"),
          Map.entry("buffer.memory", Integer.toString(1 << 22)));

  private final Supplier<Optional<KafkaCluster>> cluster;
  private final PublisherSettings settings;
  private final String run;
  private volatile Optional<Producer<String, byte[]>> producer = Optional.empty();
  private long sent;
  private volatile boolean broken;

  /**
   * A producer that is not connected.
   *
   * @param run distinguishes this process's records from those of other processes of the store
   */
  BestEffortProducer(
      Supplier<Optional<KafkaCluster>> cluster, PublisherSettings settings, String run) {
    this.cluster = cluster;
    this.settings = settings;
    this.run = run;
  }

  /** The result of an attempt to connect. */
  enum Link {
    UP,
    /** The address of the cluster is not known yet. */
    NO_ADDRESS,
    /** The cluster does not answer, or refuses. */
    UNAVAILABLE
  }

  /** Connects unless it is connected. */
  Link connect() throws InterruptedException {
    if (broken) {
      close();
    }
    if (producer.isPresent()) {
      return Link.UP;
    }
    try {
      Optional<KafkaCluster> target = cluster.get();
      if (target.isEmpty()) {
        return Link.NO_ADDRESS;
      }
      createTopic(target.get());
      producer = Optional.of(producer(target.get()));
      return Link.UP;
    } catch (InterruptException e) {
      throw e;
    } catch (ExecutionException | RuntimeException e) {
      LOG.debug("progress is queued, the oldest is dropped", e);
      return Link.UNAVAILABLE;
    }
  }

  /** Whether there is a connection without a known failure. */
  boolean isConnected() {
    return producer.isPresent() && !broken;
  }

  private void createTopic(KafkaCluster target) throws ExecutionException, InterruptedException {
    Map<String, String> fixed =
        Map.of("client.id", name(), "request.timeout.ms", "3000", "default.api.timeout.ms", "5000");
    Admin admin = Admin.create(target.properties(Map.of(), fixed));
    try {
      TopicCreator.create(admin, Topic.PROGRESS, settings.topics());
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Producer<String, byte[]> producer(KafkaCluster target) {
    Map<String, Object> properties = target.properties(Map.of("client.id", name()), SHORT_TIMEOUTS);
    properties.remove("transactional.id");
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  private String name() {
    return "tombola-progress-" + settings.id();
  }

  /** Sends a record without waiting for an acknowledgement. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback receives a failure.
  void send(ProgressRecord progress) {
    sent++;
    String id = settings.id() + "/" + run + "/" + sent;
    try {
      producer
          .orElseThrow()
          .send(
              RecordEncoder.of(
                  Topics.PROGRESS,
                  progress.subject().key(),
                  progress,
                  RecordHeaders.ofProgress(progress, id, settings.id())),
              (metadata, failure) -> broken = broken || failure != null);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.debug("a progress record is dropped", e);
      broken = true;
    }
  }

  /** Closes the connection; if it works, waits briefly for records in flight. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      Duration timeout = broken ? Duration.ZERO : CLOSE_TIMEOUT;
      producer.ifPresent(connection -> connection.close(timeout));
    } catch (InterruptException e) {
      interrupted = true;
    } finally {
      producer = Optional.empty();
      broken = false;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
