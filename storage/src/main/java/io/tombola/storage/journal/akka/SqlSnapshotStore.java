package io.tombola.storage.journal.akka;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import akka.serialization.SerializationExtension;
import io.tombola.storage.journal.sql.Database;
import io.tombola.storage.journal.sql.SnapshotCriteria;
import io.tombola.storage.journal.sql.SnapshotRow;
import io.tombola.storage.journal.sql.StoredSnapshot;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;

/** Akka's snapshot store on a SQL database, plug-in {@code tombola.snapshot-store}. */
public final class SqlSnapshotStore extends SnapshotStore {

  private static final Logger LOG = LoggerFactory.getLogger(SqlSnapshotStore.class);

  private final Database database = DatabaseId.of(context().system());
  private final PayloadCodec codec =
      new PayloadCodec(SerializationExtension.get(context().system()));

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return ScalaFutures.of(
        database.snapshots(persistenceId, sqlCriteria(criteria)).thenApply(this::newestValid));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return ScalaFutures.of(
        database.save(
            new SnapshotRow(
                metadata.persistenceId(),
                metadata.sequenceNr(),
                codec.encode(snapshot, metadata.timestamp()))));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    // Akka passes a timestamp of zero if it knows only the number of the snapshot.
    long latest = metadata.timestamp() == 0 ? Long.MAX_VALUE : metadata.timestamp();
    return doDeleteAsync(
        metadata.persistenceId(),
        SnapshotSelectionCriteria.create(
            metadata.sequenceNr(), latest, metadata.sequenceNr(), metadata.timestamp()));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return ScalaFutures.of(database.deleteSnapshots(persistenceId, sqlCriteria(criteria)));
  }

  private static SnapshotCriteria sqlCriteria(SnapshotSelectionCriteria criteria) {
    return new SnapshotCriteria(
        criteria.minSequenceNr(),
        criteria.maxSequenceNr(),
        criteria.minTimestamp(),
        criteria.maxTimestamp());
  }

  // Events are never deleted, so that a missing snapshot only costs a longer replay.
  private Optional<SelectedSnapshot> newestValid(List<StoredSnapshot> found) {
    for (StoredSnapshot snapshot : found) {
      if (snapshot.sound()) {
        return Optional.of(selected(snapshot.row()));
      }
      LOG.warn(
          "the snapshot of {} after event {} is damaged and not used",
          snapshot.row().id(),
          snapshot.row().sequence());
    }
    return Optional.empty();
  }

  private SelectedSnapshot selected(SnapshotRow row) {
    SnapshotMetadata metadata =
        new SnapshotMetadata(row.id(), row.sequence(), row.payload().writtenAtMillis());
    return SelectedSnapshot.create(metadata, codec.decode(row.payload()));
  }
}
