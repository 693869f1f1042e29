package io.tombola.storage.journal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.state.CampaignState;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.JournalListener;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.journal.akka.StateSerializer;
import io.tombola.storage.view.Verification;
import io.tombola.storage.view.Verification.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Checks what a store does with damaged files: it reports the damage, or reads all acknowledged
 * events. In both cases what it reads is a prefix of what was written.
 */
final class DamageCheck {

  /** What the store did with one damage. */
  enum Outcome {
    REPORTED,
    REPORTED_AS_LOST_EVENTS,
    REPORTED_AS_HARMLESS,
    UNCHANGED
  }

  private static final int WRITTEN_AFTERWARDS = 99;

  private final SmallStore whole;
  private final StoreLayout store;

  DamageCheck(SmallStore whole, StoreLayout store) {
    this.whole = whole;
    this.store = store;
  }

  /** Reads the damaged store, as {@code status}, {@code results} and {@code verify} do. */
  Outcome checkReading() {
    Optional<SortedMap<String, List<TombolaEvent>>> read = read();
    Verification verification = Verification.of(store);
    for (Finding finding : verification.findings()) {
      assertEquals(1, finding.message().lines().count(), finding::message);
    }
    if (!verification.damaged()) {
      assertEquals(Optional.of(whole.events()), read, "an undamaged journal is read to its end");
      return verification.findings().isEmpty() ? Outcome.UNCHANGED : Outcome.REPORTED_AS_HARMLESS;
    }
    return reports(verification, Verification.Kind.LOST_EVENTS)
        ? Outcome.REPORTED_AS_LOST_EVENTS
        : Outcome.REPORTED;
  }

  /**
   * Resumes the damaged store as {@code run} does; after {@link #checkReading}.
   *
   * @return the outcome of both
   */
  Outcome checkWriting(Outcome reading) {
    boolean undamaged = reading == Outcome.UNCHANGED || reading == Outcome.REPORTED_AS_HARMLESS;
    try (Database database =
        new Database(
            new Sqlite(store.journalUrl()),
            Optional.of(new HighWatermark(store.highWater())),
            new Database.Sizes(1, 10),
            JournalListener.NONE)) {
      SortedMap<String, List<TombolaEvent>> found = new TreeMap<>();
      for (String id : whole.events().keySet()) {
        found.put(id, recover(database, id));
      }
      if (undamaged) {
        assertEquals(whole.events(), found);
      }
      for (String id : found.keySet()) {
        append(database, id, found.get(id).size() + 1);
      }
    } catch (CompletionException e) {
      assertTrue(e.getCause() instanceof DamagedJournalException, () -> "not reported: " + e);
      return Outcome.REPORTED;
    }
    Verification after = Verification.of(store);
    assertFalse(reports(after, Verification.Kind.DAMAGED_JOURNAL), after::toString);
    assertFalse(reports(after, Verification.Kind.LOST_EVENTS), after::toString);
    return reading;
  }

  private Optional<SortedMap<String, List<TombolaEvent>>> read() {
    SortedMap<String, List<TombolaEvent>> found = new TreeMap<>();
    try (JournalReader reader = JournalReader.open(store)) {
      for (String id : reader.ids()) {
        List<TombolaEvent> events =
            reader.read(id, 1, Integer.MAX_VALUE).stream().map(StoredEvent::event).toList();
        requirePrefix(id, events);
        found.put(id, events);
      }
      return Optional.of(found);
    } catch (DamagedJournalException e) {
      assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      return Optional.empty();
    }
  }

  private List<TombolaEvent> recover(Database database, String id) {
    List<TombolaEvent> events =
        database.events(id, 1, Long.MAX_VALUE, Integer.MAX_VALUE).join().stream()
            .map(row -> EventCodec.decode(row.payload().manifest(), row.payload().utf8()))
            .toList();
    requirePrefix(id, events);
    requireMatchingSnapshots(database, id, events);
    return events;
  }

  private void requirePrefix(String id, List<TombolaEvent> events) {
    List<TombolaEvent> written = whole.events().get(id);
    if (written == null || events.size() > written.size()) {
      fail("no test wrote " + events + " of " + id);
    }
    assertEquals(written.subList(0, events.size()), events, id);
  }

  private static void requireMatchingSnapshots(
      Database database, String id, List<TombolaEvent> events) {
    List<StoredSnapshot> snapshots = database.snapshots(id, SnapshotCriteria.ALL).join();
    for (StoredSnapshot found : snapshots) {
      if (found.sound()) {
        CampaignState state = CampaignState.EMPTY;
        for (TombolaEvent event : events.subList(0, (int) found.row().sequence())) {
          state = state.apply((CampaignEvent) event);
        }
        assertEquals(
            state,
            new StateSerializer()
                .fromBinary(found.row().payload().utf8(), found.row().payload().manifest()));
      }
    }
  }

  private static void append(Database database, String id, long sequence) {
    TombolaEvent event =
        JournalId.campaignOf(id).isPresent()
            ? Samples.completions(WRITTEN_AFTERWARDS, 1).get(0)
            : new ReplicateFinished(Samples.NOON);
    String json = new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    Payload payload = new Payload(1, Payload.EVENT_SERIALIZER, EventCodec.nameOf(event), json);
    database.append(List.of(new EventRow(id, sequence, "later", "", payload))).join();
  }

  private static boolean reports(Verification verification, Verification.Kind kind) {
    return verification.findings().stream().anyMatch(finding -> finding.kind() == kind);
  }
}
