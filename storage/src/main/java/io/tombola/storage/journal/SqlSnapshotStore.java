package io.tombola.storage.journal;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import java.util.Optional;
import scala.concurrent.Future;

/** Akka's snapshot store on a SQL database, plug-in {@code tombola.snapshot-store}. */
public final class SqlSnapshotStore extends SnapshotStore {

  private final Database database = DatabaseId.of(context().system());
  private final Serialization serialization = SerializationExtension.get(context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return ScalaFutures.of(
        database
            .read(connection -> SnapshotTable.newest(connection, persistenceId, criteria))
            .thenApply(row -> row.map(this::selected)));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    Payload payload = Payload.of(snapshot, metadata.timestamp(), serialization);
    SnapshotTable.Row row =
        new SnapshotTable.Row(metadata.persistenceId(), metadata.sequenceNr(), payload);
    return ScalaFutures.of(database.write(connection -> SnapshotTable.save(connection, row)));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    // A timestamp of zero stands for a snapshot known by its number only.
    long latest = metadata.timestamp() == 0 ? Long.MAX_VALUE : metadata.timestamp();
    return doDeleteAsync(
        metadata.persistenceId(),
        SnapshotSelectionCriteria.create(
            metadata.sequenceNr(), latest, metadata.sequenceNr(), metadata.timestamp()));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return ScalaFutures.of(
        database.write(connection -> SnapshotTable.delete(connection, persistenceId, criteria)));
  }

  private SelectedSnapshot selected(SnapshotTable.Row row) {
    SnapshotMetadata metadata =
        new SnapshotMetadata(row.id(), row.sequence(), row.payload().writtenAtMillis());
    return SelectedSnapshot.create(metadata, row.payload().object(serialization));
  }
}
