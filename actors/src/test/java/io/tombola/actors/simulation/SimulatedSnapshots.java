package io.tombola.actors.simulation;

import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import io.tombola.storage.journal.akka.StateSerializer;
import io.tombola.storage.journal.sql.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import scala.concurrent.Future;

/** The snapshot store of a process, on the {@link SimulatedDisk}, with injected faults. */
final class SimulatedSnapshots extends SnapshotStore {

  private final SimulatedProcess process = SimulatedProcessSetup.of(context().system().settings());
  private final Serialization serialization = SerializationExtension.get(context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    Optional<SimulatedDisk.Snapshot> newest =
        process.disk().newest(persistenceId, criteria.maxSequenceNr());
    boolean missing = newest.isPresent() && process.inject(Fault.SNAPSHOT_MISSING, persistenceId);
    boolean unreadable =
        newest.isPresent() && process.inject(Fault.SNAPSHOT_UNREADABLE, persistenceId);
    return process.afterDisk(
        persistenceId,
        () -> {
          if (unreadable) {
            throw new IllegalStateException("simulated: the snapshot cannot be read");
          }
          return missing ? Optional.empty() : newest.map(snapshot -> read(persistenceId, snapshot));
        });
  }

  private SelectedSnapshot read(String id, SimulatedDisk.Snapshot snapshot) {
    Object state =
        serialization
            .deserialize(
                snapshot.json().getBytes(StandardCharsets.UTF_8),
                Payload.STATE_SERIALIZER,
                snapshot.manifest())
            .get();
    return SelectedSnapshot.create(new SnapshotMetadata(id, snapshot.sequence(), 0), state);
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object state) {
    StateSerializer serializer = (StateSerializer) serialization.findSerializerFor(state);
    SimulatedDisk.Snapshot snapshot =
        new SimulatedDisk.Snapshot(
            metadata.sequenceNr(),
            serializer.manifest(state),
            new String(serializer.toBinary(state), StandardCharsets.UTF_8));
    boolean unsaved = process.inject(Fault.SNAPSHOT_UNSAVED, metadata.persistenceId());
    return process.afterDisk(
        metadata.persistenceId(),
        () -> {
          if (unsaved) {
            throw new IllegalStateException("simulated: the snapshot cannot be written");
          }
          process.disk().keep(metadata.persistenceId(), snapshot);
          return null;
        });
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return forget(metadata.persistenceId(), metadata.sequenceNr(), metadata.sequenceNr());
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return forget(persistenceId, criteria.minSequenceNr(), criteria.maxSequenceNr());
  }

  private Future<Void> forget(String id, long from, long upTo) {
    return process.afterDisk(
        id,
        () -> {
          process.disk().forget(id, from, upTo);
          return null;
        });
  }
}
