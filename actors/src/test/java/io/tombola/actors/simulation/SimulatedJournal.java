package io.tombola.actors.simulation;

import akka.actor.ActorRef;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import io.tombola.protocol.event.TombolaEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** The journal of a life: its events are on the {@link Disk}, its faults are drawn. */
final class SimulatedJournal extends AsyncWriteJournal {

  private final Life life = LifeSetup.of(context().system().settings());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    List<PersistentRepr> events = new ArrayList<>();
    List<Optional<Exception>> accepted = new ArrayList<>();
    for (AtomicWrite write : writes) {
      events.addAll(CollectionConverters.asJava(write.payload()));
      accepted.add(Optional.empty());
    }
    String id = events.get(0).persistenceId();
    boolean lost = life.strike(Fault.WRITE_LOST, id);
    boolean unconfirmed = life.strike(Fault.WRITE_UNCONFIRMED, id);
    return life.afterDisk(
        id,
        () -> {
          if (!lost) {
            events.forEach(this::store);
          }
          if (lost || unconfirmed) {
            throw new IllegalStateException("simulated: the journal cannot be written");
          }
          return accepted;
        });
  }

  private void store(PersistentRepr event) {
    life.store(
        event.persistenceId(),
        event.sequenceNr(),
        (TombolaEvent) event.payload(),
        event.writerUuid());
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    throw new UnsupportedOperationException("nothing of the log is ever deleted");
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    boolean fails = life.strike(Fault.REPLAY_FAILED, persistenceId);
    return life.afterDisk(
        persistenceId,
        () -> {
          if (fails) {
            throw new IllegalStateException("simulated: the journal cannot be read");
          }
          return (long) life.disk().rows(persistenceId).size();
        });
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replay) {
    return life.afterDisk(
        persistenceId,
        () -> {
          life.disk().rows(persistenceId).stream()
              .filter(row -> row.sequence() >= fromSequenceNr && row.sequence() <= toSequenceNr)
              .limit(max)
              .forEach(row -> replay.accept(persistent(persistenceId, row)));
          return null;
        });
  }

  private static PersistentRepr persistent(String id, Disk.Row row) {
    return PersistentRepr.apply(
        row.event(), row.sequence(), id, "", false, ActorRef.noSender(), row.writer());
  }
}
