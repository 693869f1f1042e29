package io.tombola.deploy.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.live.Heartbeat;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.journal.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CampaignEventLogTest {

  private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

  private final CampaignEventLog log = new CampaignEventLog();

  @Test
  void mergesLogsByTimeAndKeepsTheOrderWithinEach() {
    add(own(1, 5), own(2, 3), replicate(1, 1, 4), replicate(2, 1, 1));
    assertEquals(List.of("2:1", "1:1", "0:1", "0:2"), events(VersionVector.BEGINNING));
    assertEquals("2.1.1", log.head().toString());
  }

  @Test
  void keepsTheNewestEventsAndThePositionBeforeThem() {
    List<StoredEvent> many = new ArrayList<>();
    for (int i = 1; i <= RecentEvents.LENGTH + 7; i++) {
      many.add(own(i, i));
    }
    log.add(many, Map.of());
    assertEquals(Optional.empty(), log.recentEvents().after(VersionVector.parse("6"), 10));
    assertEquals(List.of("0:8", "0:9"), events(VersionVector.parse("7")).subList(0, 2));
  }

  @Test
  void skipsEventsThatAreReadAgain() {
    add(own(1, 1), replicate(1, 1, 2));
    add(own(1, 1), replicate(1, 1, 2), replicate(1, 2, 3));
    assertEquals(0, log.epoch());
    assertEquals(List.of("0:1", "1:1", "1:2"), events(VersionVector.BEGINNING));
  }

  @Test
  void startsANewEpochWhenTheLogIsReplaced() {
    add(own(1, 1), replicate(1, 1, 2), replicate(1, 2, 3));
    add(own(1, 1), replicate(1, 1, 9), replicate(1, 2, 10));
    assertEquals(1, log.epoch());
    add(own(1, 1), replicate(1, 1, 9));
    assertEquals(2, log.epoch(), "a log that lost its end counts as replaced");
    assertEquals(List.of("0:1", "1:1"), events(VersionVector.BEGINNING));
    assertEquals("1.1", log.head().toString());
  }

  @Test
  void throttlesHeartbeatsToAboutOnePerSecond() {
    Optional<Heartbeat> first = heartbeat(1);
    Optional<Heartbeat> second = heartbeat(2);
    assertEquals(first, log.throttle(first, START));
    assertEquals(first, log.throttle(second, START.plusMillis(500)));
    assertEquals(second, log.throttle(second, START.plusMillis(1000)));
    assertTrue(log.throttle(Optional.empty(), START.plusMillis(2000)).isEmpty());
  }

  private static Optional<Heartbeat> heartbeat(int pid) {
    return Optional.of(
        new Heartbeat(pid, START, "c", 0.5, Optional.empty(), List.of(), Optional.empty()));
  }

  private void add(StoredEvent... events) {
    log.add(List.of(events), Map.of());
  }

  private List<String> events(VersionVector after) {
    return log.recentEvents().after(after, RecentEvents.LENGTH).orElseThrow().stream()
        .map(event -> event.log() + ":" + event.sequence())
        .toList();
  }

  private static StoredEvent own(long sequence, long second) {
    return stored(JournalId.campaign("c"), sequence, new CampaignFinished(at(second)));
  }

  private static StoredEvent replicate(int number, long sequence, long second) {
    return stored(
        JournalId.replicate(new ReplicateId("c", number)),
        sequence,
        new ReplicateFinished(at(second)));
  }

  private static StoredEvent stored(String id, long sequence, TombolaEvent event) {
    return new StoredEvent(id, sequence, event);
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
