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

/** The journal of a process, on the {@link SimulatedDisk}, with injected faults. */
final class SimulatedJournal extends AsyncWriteJournal {

  private final SimulatedProcess process = SimulatedProcessSetup.of(context().system().settings());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    List<PersistentRepr> events = new ArrayList<>();
    List<Optional<Exception>> accepted = new ArrayList<>();
    for (AtomicWrite write : writes) {
      events.addAll(CollectionConverters.asJava(write.payload()));
      accepted.add(Optional.empty());
    }
    String id = events.get(0).persistenceId();
    boolean lost = process.inject(Fault.WRITE_LOST, id);
    boolean unconfirmed = process.inject(Fault.WRITE_UNCONFIRMED, id);
    return process.afterDisk(
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
    process.store(
        event.persistenceId(),
        event.sequenceNr(),
        (TombolaEvent) event.payload(),
        event.writerUuid());
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    throw new UnsupportedOperationException("no event is ever deleted");
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    boolean fails = process.inject(Fault.REPLAY_FAILED, persistenceId);
    return process.afterDisk(
        persistenceId,
        () -> {
          if (fails) {
            throw new IllegalStateException("simulated: the journal cannot be read");
          }
          return (long) process.disk().rows(persistenceId).size();
        });
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replay) {
    return process.afterDisk(
        persistenceId,
        () -> {
          process.disk().rows(persistenceId).stream()
              .filter(row -> row.sequence() >= fromSequenceNr && row.sequence() <= toSequenceNr)
              .limit(max)
              .forEach(row -> replay.accept(persistent(persistenceId, row)));
          return null;
        });
  }

  private static PersistentRepr persistent(String id, SimulatedDisk.Row row) {
    return PersistentRepr.apply(
        row.event(), row.sequence(), id, "", false, ActorRef.noSender(), row.writer());
  }
}
