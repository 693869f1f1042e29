package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.KafkaUnavailableException;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.record.Topics;
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
 * Results and states on their way from the journal to the cluster. One thread calls it; the
 * counters, which are of results, may be read by any.
 */
final class Outbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int RECORDS_PER_TRANSACTION = 200;

  private final EventSource journal;
  private final Supplier<Optional<KafkaCluster>> cluster;
  private final PublisherSettings settings;
  private final Map<ReplicateId, ReplicateProjection> tails = new HashMap<>();
  private final StateProjection states;
  private final AtomicLong published = new AtomicLong();
  private volatile OptionalLong pending = OptionalLong.empty();
  private volatile Optional<Instant> oldestPending = Optional.empty();

  private Optional<TransactionalPublisher> producer = Optional.empty();
  // The tails whose position this producer's cluster has told.
  private final Set<ReplicateId> positioned = new HashSet<>();
  private StatesTopic statesTopic = StatesTopic.UNKNOWN;

  private enum StatesTopic {
    UNKNOWN,
    THERE,
    FORBIDDEN
  }

  Outbox(
      EventSource journal, Supplier<Optional<KafkaCluster>> cluster, PublisherSettings settings) {
    this.journal = journal;
    states = new StateProjection(journal, tails);
    this.cluster = cluster;
    this.settings = settings;
  }

  long published() {
    return published.get();
  }

  /** Results that were read and are not known to be published; empty before any was read. */
  OptionalLong pending() {
    return pending;
  }

  /** When the oldest of them was persisted. */
  Optional<Instant> oldestPending() {
    return oldestPending;
  }

  /**
   * Connects, reads what is new in the journal and publishes it. One replicate's damaged journal
   * does not hold up the others; it is reported after they are served.
   *
   * @param counting whether to read it even if the cluster is away, so that {@link #pending} is
   *     known; a long queue takes seconds of a processor that trainings could use. Once it was
   *     read, little is new each time, and it is read anyway
   * @throws io.tombola.storage.DamagedJournalException if events are missing
   * @throws KafkaUnavailableException if the cluster does not answer
   * @throws RuntimeException whatever the journal throws
   */
  void deliver(boolean counting) throws InterruptedException {
    FirstFailure trouble = new FirstFailure();
    boolean counted = counting || pending.isPresent();
    if (counted) {
      read(trouble);
    }
    publish(counted, trouble);
    trouble.raise();
  }

  private void read(FirstFailure trouble) {
    // Before the replicates, so that none lags behind what its campaign says of it.
    Set<String> ids = journal.highestSequences().keySet();
    states.follow(ids, trouble);
    ids.stream()
        .flatMap(id -> JournalId.replicateOf(id).stream())
        .forEach(id -> tails.computeIfAbsent(id, none -> new ReplicateProjection(id, journal)));
    tails.values().forEach(tail -> trouble.guard(tail::follow));
    count();
  }

  private void publish(boolean counted, FirstFailure trouble) throws InterruptedException {
    KafkaCluster target = cluster.get().orElseThrow(KafkaUnavailableException::starting);
    try {
      TransactionalPublisher connected = connected(target);
      if (!counted) {
        read(trouble);
      }
      for (ReplicateProjection tail : List.copyOf(tails.values())) {
        if (!positioned.contains(tail.id())) {
          locate(tail, connected, trouble);
        }
        if (positioned.contains(tail.id())) {
          send(connected, tail, trouble);
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
      ReplicateProjection tail, TransactionalPublisher connected, FirstFailure trouble)
      throws ExecutionException, InterruptedException {
    Optional<PublishedOffset> position = connected.position(tail.id());
    Optional<Boolean> known =
        trouble.guarded(() -> position.isPresent() && tail.goesOnFrom(position.get()));
    if (known.isEmpty()) {
      return;
    }
    if (known.get()) {
      trouble.guard(() -> tail.resumeAfter(position.orElseThrow().sequence()));
    } else {
      Set<String> onTopic = connected.published(tail.id());
      trouble.guard(() -> tail.leaveOut(onTopic));
    }
    positioned.add(tail.id());
  }

  private void send(
      TransactionalPublisher connected, ReplicateProjection tail, FirstFailure trouble) {
    while (tail.pending() > 0) {
      List<RoundMessage> results = tail.next(RECORDS_PER_TRANSACTION);
      long last = results.get(results.size() - 1).sequence();
      Optional<PublishedOffset> position = trouble.guarded(() -> tail.positionAt(last));
      if (position.isEmpty()) {
        return;
      }
      connected.publish(tail.id(), results, position.get());
      tail.published(last);
      published.addAndGet(results.size());
    }
  }

  /** Publishes what changed; where an operator does not want states, results go on without. */
  private void sendStates(TransactionalPublisher connected)
      throws ExecutionException, InterruptedException {
    try {
      List<CampaignMessage> due = states.due();
      if (statesTopic == StatesTopic.UNKNOWN && !due.isEmpty()) {
        connected.createStates(settings.topics());
        statesTopic = StatesTopic.THERE;
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
      LOG.warn("states are not published to {}: {}", Topics.CAMPAIGNS, e.getMessage());
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
        OptionalLong.of(tails.values().stream().mapToLong(ReplicateProjection::pending).sum());
    oldestPending =
        tails.values().stream()
            .flatMap(tail -> tail.next(1).stream())
            .map(RoundMessage::at)
            .min(Comparator.naturalOrder());
  }

  /** Gives up the connection; the next delivery makes a new one and asks where it stands. */
  @Override
  public void close() {
    positioned.clear();
    statesTopic = statesTopic == StatesTopic.THERE ? StatesTopic.UNKNOWN : statesTopic;
    producer.ifPresent(TransactionalPublisher::close);
    producer = Optional.empty();
  }
}
