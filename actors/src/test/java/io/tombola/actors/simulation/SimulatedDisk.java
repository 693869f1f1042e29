package io.tombola.actors.simulation;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stored events and snapshots, as JSON; they outlive each process of a simulation. */
final class SimulatedDisk {

  /**
   * An event as it is stored.
   *
   * @param name the name of its type
   * @param writer the incarnation that wrote it
   */
  record Row(long sequence, String name, String json, String writer) {

    TombolaEvent event() {
      return EventCodec.decode(name, json.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A snapshot as it is stored. */
  record Snapshot(long sequence, String manifest, String json) {}

  private final Map<String, List<Row>> events = new TreeMap<>();
  private final Map<String, TreeMap<Long, Snapshot>> snapshots = new TreeMap<>();
  private final SortedMap<Integer, ReplicateState> replicates = new TreeMap<>();
  private CampaignState campaign = CampaignState.EMPTY;

  /** Stores an event. */
  void append(String id, long sequence, TombolaEvent event, String writer) {
    List<Row> rows = events.computeIfAbsent(id, key -> new ArrayList<>());
    if (sequence != rows.size() + 1) {
      throw new IllegalStateException(
          "expected event %d of %s, was given %d".formatted(rows.size() + 1, id, sequence));
    }
    String json = new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    Row row = new Row(sequence, EventCodec.nameOf(event), json, writer);
    rows.add(row);
    TombolaEvent stored = row.event();
    if (stored instanceof CampaignEvent of) {
      campaign = campaign.apply(of);
    } else if (stored instanceof ReplicateEvent of) {
      replicates.merge(
          replicateOf(id), ReplicateState.EMPTY.apply(of), (state, first) -> state.apply(of));
    }
  }

  /** The replicate whose events {@code id} names; 0 for the campaign's own. */
  static int replicateOf(String id) {
    return JournalId.replicateOf(id).map(replicate -> replicate.replicate()).orElse(0);
  }

  List<Row> rows(String id) {
    return events.getOrDefault(id, List.of());
  }

  void keep(String id, Snapshot snapshot) {
    snapshots.computeIfAbsent(id, key -> new TreeMap<>()).put(snapshot.sequence(), snapshot);
  }

  /** The newest snapshot up to an event. */
  Optional<Snapshot> newest(String id, long upTo) {
    return Optional.ofNullable(snapshots.getOrDefault(id, new TreeMap<>()).floorEntry(upTo))
        .map(Map.Entry::getValue);
  }

  void forget(String id, long from, long upTo) {
    snapshots.getOrDefault(id, new TreeMap<>()).subMap(from, true, upTo, true).clear();
  }

  CampaignState campaign() {
    return campaign;
  }

  /** What the stored events say of a replicate. */
  ReplicateState replicate(int number) {
    return replicates.getOrDefault(number, ReplicateState.EMPTY);
  }

  List<ReplicateState> replicates() {
    return List.copyOf(replicates.values());
  }

  /** The results table. */
  List<RoundRecord> records() {
    return replicates.values().stream().flatMap(state -> state.records().stream()).toList();
  }
}
