package io.tombola.storage.journal.akka;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol.DeleteMessagesTo;
import akka.persistence.JournalProtocol.RecoverySuccess;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.persistence.JournalProtocol.ReplayedMessage;
import akka.persistence.JournalProtocol.WriteMessageRejected;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessages;
import akka.persistence.JournalProtocol.WriteMessagesFailed;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.JournalListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Speaks the journal's and the snapshot store's own protocol, as Akka's actors do. */
public final class JournalClient implements AutoCloseable {

  /** The result of a write: a line for each event, {@code stored 1}, {@code rejected 2}, ... */
  public record Written(List<String> outcomes, Optional<Throwable> cause) {}

  /** What a replay returned, and why it ended early. */
  public record Replayed(List<PersistentRepr> events, long highest, Optional<Throwable> cause) {

    public List<Long> sequences() {
      return events.stream().map(PersistentRepr::sequenceNr).toList();
    }

    public List<Object> payloads() {
      return events.stream().map(PersistentRepr::payload).toList();
    }
  }

  /** The id of the store whose journal it speaks to. */
  public static final String STORE_ID = "a0000000-0000-4000-8000-000000000000";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ActorSystem system;
  private final ActorRef journal;
  private final ActorRef snapshots;

  public JournalClient(String url) {
    this(config(url));
  }

  public JournalClient(Config store) {
    this(store, JournalListener.NONE);
  }

  public JournalClient(Config store, JournalListener listener) {
    system =
        ActorSystem.create(
            "client",
            ActorSystemSetup.create(
                BootstrapSetup.create(store.withFallback(ConfigFactory.load())),
                new JournalSetup(listener)));
    journal = Persistence.get(system).journalFor("", ConfigFactory.empty());
    snapshots = Persistence.get(system).snapshotStoreFor("", ConfigFactory.empty());
  }

  /** The configuration of an actor system on the journal at {@code url}. */
  public static Config config(String url) {
    return StoreConfig.of(JournalAddress.of(url), STORE_ID).withFallback(ConfigFactory.load());
  }

  /** Writes each event atomically by itself, all in one call. */
  public Written write(String writer, String id, long first, List<?> events) {
    List<PersistentEnvelope> writes = new ArrayList<>();
    for (Object event : events) {
      writes.add(AtomicWrite.apply(repr(writer, id, first + writes.size(), event)));
    }
    return write(writes);
  }

  /** Writes all events or none. */
  public Written writeTogether(String writer, String id, long first, List<?> events) {
    List<PersistentRepr> parts = new ArrayList<>();
    for (Object event : events) {
      parts.add(repr(writer, id, first + parts.size(), event));
    }
    return write(List.of(new AtomicWrite(CollectionConverters.asScala(parts).toList())));
  }

  public Replayed replay(String id, long from, long to, long max) {
    TestKit probe = new TestKit(system);
    journal.tell(new ReplayMessages(from, to, max, id, probe.getRef()), probe.getRef());
    List<PersistentRepr> events = new ArrayList<>();
    while (true) {
      Object message = probe.receiveOne(TIMEOUT);
      if (message instanceof ReplayedMessage replayed) {
        events.add(replayed.persistent());
      } else if (message instanceof RecoverySuccess success) {
        return new Replayed(events, success.highestSequenceNr(), Optional.empty());
      } else if (message instanceof ReplayMessagesFailure failure) {
        return new Replayed(events, 0, Optional.of(failure.cause()));
      } else {
        throw new AssertionError("unexpected: " + message);
      }
    }
  }

  public Replayed replay(String id) {
    return replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  public void deleteTo(String id, long to) {
    TestKit probe = new TestKit(system);
    journal.tell(new DeleteMessagesTo(id, to, probe.getRef()), probe.getRef());
    probe.expectMsgClass(TIMEOUT, akka.persistence.DeleteMessagesSuccess.class);
  }

  public void save(String id, long sequence, Object state) {
    SnapshotMetadata metadata = new SnapshotMetadata(id, sequence, 0);
    ask(
        new SnapshotProtocol.SaveSnapshot(metadata, state),
        akka.persistence.SaveSnapshotSuccess.class);
  }

  /** The number of the snapshot that the criteria choose. */
  public Optional<akka.persistence.SelectedSnapshot> load(
      String id, SnapshotSelectionCriteria criteria) {
    return OptionConverters.toJava(
        ask(
                new SnapshotProtocol.LoadSnapshot(id, criteria, Long.MAX_VALUE),
                SnapshotProtocol.LoadSnapshotResult.class)
            .snapshot());
  }

  public void delete(SnapshotMetadata metadata) {
    ask(
        new SnapshotProtocol.DeleteSnapshot(metadata),
        akka.persistence.DeleteSnapshotSuccess.class);
  }

  public void delete(String id, SnapshotSelectionCriteria criteria) {
    ask(
        new SnapshotProtocol.DeleteSnapshots(id, criteria),
        akka.persistence.DeleteSnapshotsSuccess.class);
  }

  @Override
  public void close() {
    TestKit.shutdownActorSystem(system, scala.concurrent.duration.Duration.create("20s"), true);
  }

  private Written write(List<PersistentEnvelope> writes) {
    int events = writes.stream().mapToInt(PersistentEnvelope::size).sum();
    TestKit probe = new TestKit(system);
    journal.tell(
        new WriteMessages(CollectionConverters.asScala(writes).toList(), probe.getRef(), 1),
        probe.getRef());
    Object answer = probe.receiveOne(TIMEOUT);
    if (answer instanceof WriteMessagesFailed failed) {
      return new Written(List.of(), Optional.of(failed.cause()));
    }
    List<String> outcomes = new ArrayList<>();
    Optional<Throwable> cause = Optional.empty();
    while (outcomes.size() < events) {
      Object message = probe.receiveOne(TIMEOUT);
      if (message instanceof WriteMessageSuccess success) {
        outcomes.add("stored " + success.persistent().sequenceNr());
      } else if (message instanceof WriteMessageRejected rejected) {
        outcomes.add("rejected " + rejected.message().sequenceNr());
        cause = Optional.of(rejected.cause());
      } else {
        throw new AssertionError("unexpected: " + message);
      }
    }
    return new Written(outcomes, cause);
  }

  private <T> T ask(Object request, Class<T> answer) {
    TestKit probe = new TestKit(system);
    snapshots.tell(request, probe.getRef());
    return probe.expectMsgClass(TIMEOUT, answer);
  }

  private static PersistentRepr repr(String writer, String id, long sequence, Object event) {
    return PersistentRepr.apply(event, sequence, id, "", false, ActorRef.noSender(), writer);
  }
}
