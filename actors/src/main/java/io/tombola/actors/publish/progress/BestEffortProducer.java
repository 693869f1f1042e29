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
 * The feed's connection to the cluster: a producer without transactions or patience. A record that
 * does not get through is lost, and the connection is made anew. Confined to one thread but for
 * {@link #isConnected} and the producer's word of failures.
 */
final class BestEffortProducer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BestEffortProducer.class);
  private static final Duration FAREWELL = Duration.ofMillis(500);
  private static final Map<String, String> HASTY =
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
   * A sender that is not connected.
   *
   * @param run tells the records of this process from those of others of the same store
   */
  BestEffortProducer(
      Supplier<Optional<KafkaCluster>> cluster, PublisherSettings settings, String run) {
    this.cluster = cluster;
    this.settings = settings;
    this.run = run;
  }

  /** What became of an attempt to connect. */
  enum Link {
    UP,
    /** Nobody has said yet where the cluster is. */
    STARTING,
    /** The cluster does not answer, or refuses. */
    AWAY
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
        return Link.STARTING;
      }
      createTopic(target.get());
      producer = Optional.of(producer(target.get()));
      return Link.UP;
    } catch (InterruptException e) {
      throw e;
    } catch (ExecutionException | RuntimeException e) {
      LOG.debug("news waits, the oldest goes", e);
      return Link.AWAY;
    }
  }

  /** Whether there is a connection that works as far as is known. */
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
    Map<String, Object> properties = target.properties(Map.of("client.id", name()), HASTY);
    properties.remove("transactional.id");
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  private String name() {
    return "tombola-progress-" + settings.id();
  }

  /** Sends a record; whether it arrives is not known. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of a failure.
  void send(ProgressRecord news) {
    sent++;
    String id = settings.id() + "/" + run + "/" + sent;
    try {
      producer
          .orElseThrow()
          .send(
              RecordEncoder.of(
                  Topics.PROGRESS,
                  news.subject().key(),
                  news,
                  RecordHeaders.ofProgress(news, id, settings.id())),
              (metadata, failure) -> broken = broken || failure != null);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.debug("news is dropped", e);
      broken = true;
    }
  }

  /** Gives up the connection, with a moment for what is under way if it works. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      Duration patience = broken ? Duration.ZERO : FAREWELL;
      producer.ifPresent(connection -> connection.close(patience));
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
