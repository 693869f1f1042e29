package io.tombola.storage.journal.akka;

import akka.actor.ActorRef;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import akka.serialization.SerializationExtension;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.Failpoint;
import io.tombola.storage.journal.sql.Database;
import io.tombola.storage.journal.sql.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Akka's journal on a SQL database, plug-in {@code tombola.journal}. A write is acknowledged once
 * it is on the disk. Events that cannot be written as text are rejected together with all later
 * events of the same call, because the log must have no gaps.
 */
public final class SqlJournal extends AsyncWriteJournal {

  private final Database database = DatabaseId.of(context().system());
  private final PayloadCodec codec =
      new PayloadCodec(SerializationExtension.get(context().system()));

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    try {
      return ScalaFutures.of(write(writes));
    } catch (OutOfMemoryError e) {
      // Thrown here, it would kill this actor's thread, and the write would never be answered.
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
    return ScalaFutures.of(database.deleteEvents(persistenceId, toSequenceNr));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return ScalaFutures.of(database.highestSequence(persistenceId));
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

  // Page by page, so that a long replay does not occupy a read connection.
  private CompletableFuture<Void> replayPage(
      String id, long from, long to, long max, Consumer<PersistentRepr> replay) {
    int size = (int) Math.min(max, Database.PAGE_SIZE);
    return database
        .events(id, from, to, size)
        .thenCompose(
            page -> {
              page.forEach(event -> replay.accept(persistent(event)));
              Failpoint.REPLAYED.hit();
              if (page.size() < Database.PAGE_SIZE) {
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
        codec.encode(event.payload(), event.timestamp()));
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
      return codec.decode(event.payload());
    } catch (Exception e) {
      throw DamagedJournalException.at(event.id(), event.sequence(), e);
    }
  }
}
