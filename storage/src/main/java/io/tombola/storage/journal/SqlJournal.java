package io.tombola.storage.journal;

import akka.actor.ActorRef;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import io.tombola.storage.Failpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Akka's journal on a SQL database, plug-in {@code tombola.journal}. A write is acknowledged once
 * it is on the disk. Events that cannot be written as text are rejected, and so are those that come
 * after them in the same call, because the log has no gaps.
 */
public final class SqlJournal extends AsyncWriteJournal {

  private static final int PAGE = 500;

  private final Database database = DatabaseId.of(context().system());
  private final Serialization serialization = SerializationExtension.get(context().system());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    try {
      return ScalaFutures.of(write(writes));
    } catch (OutOfMemoryError e) {
      // Let through, it would end this actor's thread, and nobody would hear of the write again.
      return ScalaFutures.of(CompletableFuture.failedFuture(e));
    }
  }

  private CompletableFuture<Iterable<Optional<Exception>>> write(Iterable<AtomicWrite> writes) {
    List<EventRow> events = new ArrayList<>();
    List<Optional<Exception>> rejections = new ArrayList<>();
    Optional<Exception> rejection = Optional.empty();
    for (AtomicWrite write : writes) {
      if (rejection.isEmpty()) {
        rejection = serialize(write, events);
      }
      rejections.add(rejection);
    }
    CompletableFuture<Void> written =
        events.isEmpty() ? CompletableFuture.completedFuture(null) : database.append(events);
    return written.thenApply(done -> rejections);
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return ScalaFutures.of(
        database.write(
            connection -> EventTable.CURRENT.deleteTo(connection, persistenceId, toSequenceNr)));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return ScalaFutures.of(
        database.read(
            connection -> EventTable.CURRENT.sequences().of(connection, persistenceId).highest()));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replay) {
    return ScalaFutures.of(replayPage(persistenceId, fromSequenceNr, toSequenceNr, max, replay));
  }

  // A page at a time, so that a long replay leaves the readers to others in between.
  private CompletableFuture<Void> replayPage(
      String id, long from, long to, long max, Consumer<PersistentRepr> replay) {
    int size = (int) Math.min(max, PAGE);
    return database
        .read(connection -> EventTable.CURRENT.read(connection, id, from, to, size))
        .thenCompose(
            page -> {
              page.forEach(event -> replay.accept(persistent(event)));
              Failpoint.REPLAYED.hit();
              if (page.size() < PAGE) {
                return CompletableFuture.completedFuture(null);
              }
              long next = page.get(page.size() - 1).sequence() + 1;
              return replayPage(id, next, to, max - page.size(), replay);
            });
  }

  private Optional<Exception> serialize(AtomicWrite write, List<EventRow> events) {
    try {
      events.addAll(CollectionConverters.asJava(write.payload()).stream().map(this::row).toList());
      return Optional.empty();
    } catch (Exception e) {
      // Scala throws checked exceptions that its signatures do not name.
      return Optional.of(e);
    }
  }

  private EventRow row(PersistentRepr event) {
    return new EventRow(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        event.manifest(),
        Payload.of(event.payload(), event.timestamp(), serialization));
  }

  private PersistentRepr persistent(EventRow event) {
    return PersistentRepr.apply(
            payload(event),
            event.sequence(),
            event.id(),
            event.adapter(),
            false,
            ActorRef.noSender(),
            event.writer())
        .withTimestamp(event.payload().writtenAtMillis());
  }

  private Object payload(EventRow event) {
    try {
      return event.payload().object(serialization);
    } catch (Exception e) {
      throw DamagedJournalException.at(event.id(), event.sequence(), e.getMessage(), e);
    }
  }
}
