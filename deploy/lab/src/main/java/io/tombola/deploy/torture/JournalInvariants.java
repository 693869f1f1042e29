package io.tombola.deploy.torture;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks one store's journal after each death: events stay, every announced result is stored, and
 * no stored step was done again. Not thread-safe.
 */
final class JournalInvariants {

  private final StoreLayout store;
  private final Map<String, List<StoredEvent>> known = new HashMap<>();
  private final Set<Violation> findings = new LinkedHashSet<>();
  private final Set<TrialId> ended = new HashSet<>();

  JournalInvariants(StoreLayout store) {
    this.store = store;
  }

  /**
   * Reads the journal and checks it.
   *
   * @param announced trials whose end was printed
   */
  void check(Set<String> announced) {
    Map<String, List<StoredEvent>> now = read();
    known.forEach((id, before) -> compare(id, before, now.getOrDefault(id, List.of())));
    known.putAll(now);
    now.forEach(
        (id, events) ->
            JournalId.replicateOf(id).ifPresent(replicate -> follow(replicate, events)));
    requireAnnounced(announced);
  }

  /** Every event by persistence id; empty before the first event is stored. */
  private Map<String, List<StoredEvent>> read() {
    Map<String, List<StoredEvent>> events = new HashMap<>();
    try (JournalReader reader = JournalReader.open(store)) {
      JournalCursor cursor = new JournalCursor(reader);
      reader.ids().forEach(id -> events.put(id, cursor.next(id, Integer.MAX_VALUE)));
    } catch (NoStoreException e) {
      // The process was killed before it created the journal.
      return Map.of();
    } catch (DamagedJournalException e) {
      findings.add(new Violation(Violation.Kind.LOST, ExceptionMessage.of(e)));
    }
    return events;
  }

  /** The trials that have ended according to the journal. */
  int ended() {
    return ended.size();
  }

  List<Violation> findings() {
    return List.copyOf(findings);
  }

  private void compare(String id, List<StoredEvent> before, List<StoredEvent> now) {
    int kept = 0;
    while (kept < Math.min(before.size(), now.size()) && before.get(kept).equals(now.get(kept))) {
      kept++;
    }
    if (kept < before.size()) {
      findings.add(
          new Violation(
              Violation.Kind.LOST,
              "event %d of %s is missing or changed: %s"
                  .formatted(kept + 1, id, before.get(kept).event())));
    }
  }

  private void requireAnnounced(Set<String> announced) {
    Set<String> stored = new HashSet<>();
    ended.forEach(trial -> stored.add(trial.toString()));
    announced.stream()
        .filter(trial -> !stored.contains(trial))
        .map(
            trial -> new Violation(Violation.Kind.LOST, trial + " was announced and is not stored"))
        .forEach(findings::add);
  }

  private void follow(ReplicateId replicate, List<StoredEvent> events) {
    Map<TrialId, Integer> reached = new HashMap<>();
    Set<TrialId> trained = new HashSet<>();
    List<TrialId> ends = new ArrayList<>();
    for (StoredEvent stored : events) {
      if (stored.event() instanceof CheckpointSaved saved) {
        TrialId trial = replicate.trial(saved.round(), saved.arm());
        Integer before = reached.put(trial, saved.checkpoint().iteration());
        // A training that is stopped while it evaluates is stored once more at the same iteration.
        if (before != null && before > saved.checkpoint().iteration()) {
          repeated(trial + " from a stored checkpoint at " + before + " on", stored);
        }
      } else if (stored.event() instanceof CheckpointDropped dropped) {
        repeated(replicate.trial(dropped.round(), dropped.arm()) + " from its start", stored);
      } else if (stored.event() instanceof TrialTrained end) {
        TrialId trial = replicate.trial(end.round(), end.arm());
        if (!trained.add(trial)) {
          repeated(trial + ", which was trained", stored);
        }
      } else if (stored.event() instanceof TrialEvaluated end) {
        ends.add(replicate.trial(end.round(), end.arm()));
      } else if (stored.event() instanceof TrialFailed end) {
        ends.add(replicate.trial(end.round(), end.arm()));
      }
    }
    ended.addAll(ends);
  }

  private void repeated(String what, StoredEvent event) {
    findings.add(
        new Violation(Violation.Kind.REPEATED, what + " (event " + event.sequence() + ")"));
  }
}
