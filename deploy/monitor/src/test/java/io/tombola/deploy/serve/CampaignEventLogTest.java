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

/** What is remembered of a campaign's logs from one look to the next. */
final class CampaignEventLogTest {

  private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

  private final CampaignEventLog log = new CampaignEventLog();

  @Test
  void putsLogsIntoOneLineByTimeAndKeepsTheOrderOfEach() {
    take(own(1, 5), own(2, 3), replicate(1, 1, 4), replicate(2, 1, 1));
    assertEquals(List.of("2:1", "1:1", "0:1", "0:2"), line(VersionVector.BEGINNING));
    assertEquals("2.1.1", log.head().toString());
  }

  @Test
  void keepsTheNewestAndKnowsWhereTheyBegin() {
    List<StoredEvent> many = new ArrayList<>();
    for (int i = 1; i <= RecentEvents.LENGTH + 7; i++) {
      many.add(own(i, i));
    }
    log.take(many, Map.of());
    assertEquals(Optional.empty(), log.tail().after(VersionVector.parse("6"), 10));
    assertEquals(List.of("0:8", "0:9"), line(VersionVector.parse("7")).subList(0, 2));
  }

  @Test
  void passesOverWhatIsReadAgain() {
    take(own(1, 1), replicate(1, 1, 2));
    take(own(1, 1), replicate(1, 1, 2), replicate(1, 2, 3));
    assertEquals(0, log.epoch());
    assertEquals(List.of("0:1", "1:1", "1:2"), line(VersionVector.BEGINNING));
  }

  @Test
  void beginsAgainWithALogThatTookThePlace() {
    take(own(1, 1), replicate(1, 1, 2), replicate(1, 2, 3));
    take(own(1, 1), replicate(1, 1, 9), replicate(1, 2, 10));
    assertEquals(1, log.epoch());
    take(own(1, 1), replicate(1, 1, 9));
    assertEquals(2, log.epoch(), "a log that lost its end is another");
    assertEquals(List.of("0:1", "1:1"), line(VersionVector.BEGINNING));
    assertEquals("1.1", log.head().toString());
  }

  @Test
  void tellsOfDevicesAboutOnceASecond() {
    Optional<Heartbeat> first = live(1);
    Optional<Heartbeat> second = live(2);
    assertEquals(first, log.pace(first, START));
    assertEquals(first, log.pace(second, START.plusMillis(500)));
    assertEquals(second, log.pace(second, START.plusMillis(1000)));
    assertTrue(log.pace(Optional.empty(), START.plusMillis(2000)).isEmpty());
  }

  private static Optional<Heartbeat> live(int pid) {
    return Optional.of(
        new Heartbeat(pid, START, "c", 0.5, Optional.empty(), List.of(), Optional.empty()));
  }

  private void take(StoredEvent... events) {
    log.take(List.of(events), Map.of());
  }

  private List<String> line(VersionVector after) {
    return log.tail().after(after, RecentEvents.LENGTH).orElseThrow().stream()
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
