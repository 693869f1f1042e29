package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.KafkaUnavailableException;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.record.Topics;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.journal.EventSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transactional outbox: delivers results and states from the journal to the cluster. One thread
 * calls it; any thread may read the counters, which count results.
 */
final class Outbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int RECORDS_PER_TRANSACTION = 200;

  private final EventSource journal;
  private final Supplier<Optional<KafkaCluster>> cluster;
  private final PublisherSettings settings;
  private final Map<ReplicateId, ReplicateProjection> replicates = new HashMap<>();
  private final StateProjection states;
  private final AtomicLong published = new AtomicLong();
  private volatile OptionalLong pending = OptionalLong.empty();
  private volatile Optional<Instant> oldestPending = Optional.empty();

  private Optional<TransactionalPublisher> producer = Optional.empty();
  // The replicates whose published offset was read from this producer's cluster.
  private final Set<ReplicateId> positioned = new HashSet<>();
  private StatesTopic statesTopic = StatesTopic.UNKNOWN;

  private enum StatesTopic {
    UNKNOWN,
    EXISTS,
    FORBIDDEN
  }

  Outbox(
      EventSource journal, Supplier<Optional<KafkaCluster>> cluster, PublisherSettings settings) {
    this.journal = journal;
    states = new StateProjection(journal, replicates);
    this.cluster = cluster;
    this.settings = settings;
  }

  long published() {
    return published.get();
  }

  /** Results that were read and not published; empty before the journal was read. */
  OptionalLong pending() {
    return pending;
  }

  /** When the oldest pending result was persisted. */
  Optional<Instant> oldestPending() {
    return oldestPending;
  }

  /**
   * Connects, reads the new events of the journal and publishes them. A damaged log of one
   * replicate does not block the others; it is reported after they are published.
   *
   * @param counting whether to read the journal even if the cluster is unavailable, so that {@link
   *     #pending} is known; a long backlog takes seconds of CPU time that training could use. Once
   *     the backlog was read, new events are few and are always read
   * @throws io.tombola.storage.DamagedJournalException if events are missing
   * @throws KafkaUnavailableException if the cluster does not answer
   * @throws RuntimeException whatever the journal throws
   */
  void deliver(boolean counting) throws InterruptedException {
    FirstFailure failures = new FirstFailure();
    boolean counted = counting || pending.isPresent();
    if (counted) {
      read(failures);
    }
    publish(counted, failures);
    failures.raise();
  }

  private void read(FirstFailure failures) {
    // Before the replicates, so that no replicate is older than its campaign's state.
    Set<String> ids = journal.highestSequences().keySet();
    states.follow(ids, failures);
    ids.stream()
        .flatMap(id -> JournalId.replicateOf(id).stream())
        .forEach(
            id -> replicates.computeIfAbsent(id, none -> new ReplicateProjection(id, journal)));
    replicates.values().forEach(projection -> failures.guard(projection::follow));
    count();
  }

  private void publish(boolean counted, FirstFailure failures) throws InterruptedException {
    KafkaCluster target = cluster.get().orElseThrow(KafkaUnavailableException::starting);
    try {
      TransactionalPublisher connected = connected(target);
      if (!counted) {
        read(failures);
      }
      for (ReplicateProjection projection : List.copyOf(replicates.values())) {
        if (!positioned.contains(projection.id())) {
          locate(projection, connected, failures);
        }
        if (positioned.contains(projection.id())) {
          send(connected, projection, failures);
        }
        count();
      }
      if (statesTopic != StatesTopic.FORBIDDEN) {
        sendStates(connected);
      }
    } catch (InterruptException | InterruptedException e) {
      close();
      throw e;
    } catch (KafkaUnavailableException e) {
      close();
      throw e;
    } catch (KafkaException | ExecutionException e) {
      close();
      throw new KafkaUnavailableException(target, e);
    }
  }

  private TransactionalPublisher connected(KafkaCluster target)
      throws ExecutionException, InterruptedException {
    if (producer.isEmpty()) {
      producer = Optional.of(TransactionalPublisher.open(target, settings));
    }
    return producer.get();
  }

  private void locate(
      ReplicateProjection projection, TransactionalPublisher connected, FirstFailure failures)
      throws ExecutionException, InterruptedException {
    Optional<PublishedOffset> position = connected.position(projection.id());
    Optional<Boolean> known =
        failures.guarded(() -> position.isPresent() && projection.isFromThisLog(position.get()));
    if (known.isEmpty()) {
      return;
    }
    if (known.get()) {
      failures.guard(() -> projection.resumeAfter(position.orElseThrow().sequence()));
    } else {
      Set<String> onTopic = connected.published(projection.id());
      failures.guard(() -> projection.skipPublished(onTopic));
    }
    positioned.add(projection.id());
  }

  private void send(
      TransactionalPublisher connected, ReplicateProjection projection, FirstFailure failures) {
    while (projection.pending() > 0) {
      List<RoundMessage> results = projection.next(RECORDS_PER_TRANSACTION);
      long last = results.get(results.size() - 1).sequence();
      Optional<PublishedOffset> position = failures.guarded(() -> projection.positionAt(last));
      if (position.isEmpty()) {
        return;
      }
      connected.publish(projection.id(), results, position.get());
      projection.published(last);
      published.addAndGet(results.size());
    }
  }

  /** Publishes changed states; if the cluster forbids their topic, only results are published. */
  private void sendStates(TransactionalPublisher connected)
      throws ExecutionException, InterruptedException {
    try {
      List<CampaignMessage> due = states.due();
      if (statesTopic == StatesTopic.UNKNOWN && !due.isEmpty()) {
        connected.createStates(settings.topics());
        statesTopic = StatesTopic.EXISTS;
      }
      for (int from = 0; from < due.size(); from += RECORDS_PER_TRANSACTION) {
        List<CampaignMessage> some =
            due.subList(from, Math.min(due.size(), from + RECORDS_PER_TRANSACTION));
        connected.publish(some);
        states.published(some);
      }
    } catch (ExecutionException | KafkaException e) {
      if (!isForbidden(e)) {
        throw e;
      }
      LOG.warn("states are not published to {}: {}", Topics.CAMPAIGNS, ExceptionMessage.of(e));
      statesTopic = StatesTopic.FORBIDDEN;
      close();
    }
  }

  private static boolean isForbidden(Exception failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof AuthorizationException
                    || cause instanceof PolicyViolationException);
  }

  private void count() {
    pending =
        OptionalLong.of(replicates.values().stream().mapToLong(ReplicateProjection::pending).sum());
    oldestPending =
        replicates.values().stream()
            .flatMap(projection -> projection.next(1).stream())
            .map(RoundMessage::at)
            .min(Comparator.naturalOrder());
  }

  /** Drops the connection; the next delivery makes a new one and reads its offsets. */
  @Override
  public void close() {
    positioned.clear();
    statesTopic = statesTopic == StatesTopic.EXISTS ? StatesTopic.UNKNOWN : statesTopic;
    producer.ifPresent(TransactionalPublisher::close);
    producer = Optional.empty();
  }
}
