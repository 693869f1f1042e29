package io.tombola.deploy.broker;

import static io.tombola.deploy.broker.BrokerFixture.TIMEOUT;
import static io.tombola.deploy.broker.BrokerFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.outbox.Publisher;
import io.tombola.actors.publish.topic.TopicReader;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.record.Topics;
import io.tombola.storage.journal.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Results on the topic of a running broker. */
class PublisherIT extends WithSharedBroker {

  @Test
  void publishesEveryTrialOnceInOrder() throws Exception {
    try (Publisher publisher = publisher(journal.addRounds(3))) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
      journal.addRound(4);
      publisher.wake();
      assertTrue(publisher.awaitDrained(TIMEOUT));

      assertEquals(journal.expected(), Rounds.idsByKey(address, campaign));
      assertEquals(18, publisher.status().published());
      assertEquals(OptionalLong.of(0), publisher.status().pending());
      assertEquals(Optional.empty(), publisher.status().lastError());
    }
  }

  @Test
  void writesRecordsAsTheContractSays() throws Exception {
    try (Publisher publisher = publisher(journal.addRounds(1))) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
    }
    List<Received> records =
        Rounds.read(address).stream().filter(r -> r.key().equals(campaign + "/2")).toList();

    Received ticket = records.get(1);
    RoundRecord round = Json.MAPPER.readValue(ticket.value(), RoundRecord.class);
    assertEquals(1, round.round());
    assertEquals(RoundRecord.Status.OK, round.status());
    assertEquals(200, round.iterations());
    assertEquals(0.5, round.finalValidationLossNats().orElseThrow());
    assertEquals(
        RecordHeaders.ofRound(round.trial(), Instant.parse("2026-01-02T03:04:05Z"), 11, campaign),
        ticket.headers());

    RoundRecord control = Json.MAPPER.readValue(records.get(2).value(), RoundRecord.class);
    assertEquals(Arm.reinit(1), control.arm());
    assertEquals(RoundRecord.Status.DIVERGED, control.status());
  }

  @Test
  void resumesWhereAnEarlierPublisherStopped() throws Exception {
    for (int round = 0; round < 4; round++) {
      try (Publisher publisher = publisher(journal.addRound(round))) {
        assertTrue(publisher.awaitDrained(TIMEOUT));
      }
      assertEquals(journal.expected(), Rounds.idsByKey(address, campaign));
    }
  }

  @Test
  void repeatsNothingWhenTheClusterDeletedTheOffsets() throws Exception {
    try (Publisher publisher = publisher(journal.addRounds(2))) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
    }
    Rounds.deleteConsumerGroups(address, campaign);
    try (Publisher publisher = publisher(journal.addRound(3))) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
      assertEquals(4, publisher.status().published());
    }
    assertEquals(journal.expected(), Rounds.idsByKey(address, campaign));
  }

  @Test
  void aReaderFollowsUntilItIsInterrupted() throws Exception {
    TopicReader reader = new TopicReader(KafkaCluster.at(address));
    Queue<String> keys = new ConcurrentLinkedQueue<>();
    try (Publisher publisher = publisher(journal.addRound(0))) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
      Thread follower =
          new Thread(() -> reader.follow(Topics.ROUNDS, record -> keys.add(record.key())));
      follower.start();
      await("the stored results", () -> keys.containsAll(journal.expected().keySet()));
      keys.clear();

      journal.addRound(1);
      publisher.wake();
      await("the next results", () -> keys.size() == 4);
      follower.interrupt();
      follower.join(TIMEOUT.toMillis());
      assertFalse(follower.isAlive());
    }
  }

  @Test
  void fencesAnEarlierPublisherOfTheSameStore() throws Exception {
    try (Publisher earlier = publisher(journal.addRound(0))) {
      assertTrue(earlier.awaitDrained(TIMEOUT));
      try (Publisher later = publisher(journal.addRound(1))) {
        assertTrue(later.awaitDrained(TIMEOUT));
        journal.addRound(2);
        assertTrue(earlier.awaitDrained(TIMEOUT));
        assertTrue(later.awaitDrained(TIMEOUT));
      }
    }
    assertEquals(journal.expected(), Rounds.idsByKey(address, campaign));
  }

  @Test
  void repeatsNothingAfterKills() throws Exception {
    int rounds = PublisherProcess.publishUnderKills(address, campaign, 3);
    try (Publisher publisher = publisher(journal.addRounds(rounds))) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
    }
    assertEquals(journal.expected(), Rounds.idsByKey(address, campaign));
  }

  @Test
  void refusesAGapAndPublishesTheOtherReplicates() throws Exception {
    journal.addRounds(2);
    journal.lose(1, 8);
    try (Publisher publisher = publisher(journal)) {
      await("the gap", () -> publisher.status().lastError().isPresent());

      assertFalse(publisher.awaitDrained(Duration.ofMillis(100)));
      assertTrue(
          publisher
              .status()
              .lastError()
              .get()
              .contains("event 8 of " + JournalId.replicate(new ReplicateId(campaign, 1))));
    }
    Map<String, List<String>> expected = journal.expected();
    Map<String, List<String>> published = Rounds.idsByKey(address, campaign);
    assertEquals(expected.get(campaign + "/2"), published.get(campaign + "/2"));
    assertEquals(expected.get(campaign + "/1").subList(0, 1), published.get(campaign + "/1"));
  }

  @Test
  void repeatsNothingOfAJournalThatIsOlderThanWhatWasPublished() throws Exception {
    publishAll(journal.addRounds(2));
    publishAll(new JournalFixture(campaign).addRounds(1));
    assertEquals(journal.expected(), Rounds.idsByKey(address, campaign));
  }

  @Test
  void publishesWhatIsNewAfterALostEndAndRepeatsNothing() throws Exception {
    publishAll(journal.addRounds(3));
    // From the first round's control on.
    publishAll(journal.loseFrom(12));
    publishAll(journal.addControl(1).addTrialsInReverseOrder(2));
    // A trial that had not ended before the loss ends before some that had.
    publishAll(journal.addControl(5));
    publishAll(journal.addTrialsInReverseOrder(3));
    publishAll(journal.addRound(4));
    assertEquals(journal.expected(), Rounds.idsByKeyAfterALoss(address, campaign));
  }

  @Test
  void repeatsNothingWhenALogGrewLongerAfterAnUnnoticedLoss() throws Exception {
    publishAll(journal.addRounds(3));
    journal.loseFrom(12).addControl(5).addControl(1);
    publishAll(journal.addTrialsInReverseOrder(2).addTrialsInReverseOrder(3).addRound(4));
    assertEquals(journal.expected(), Rounds.idsByKeyAfterALoss(address, campaign));
  }

  @Test
  void detectsALossWhileItIsConnected() throws Exception {
    publishAll(journal.addRounds(3));
    journal.loseFrom(12);
    try (Publisher publisher = publisher(journal)) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
      journal.addControl(1).addTrialsInReverseOrder(2).addControl(5).addTrialsInReverseOrder(3);
      assertTrue(publisher.awaitDrained(TIMEOUT));
      assertEquals(2, publisher.status().published());
    }
    publishAll(journal.addRound(4));
    assertEquals(journal.expected(), Rounds.idsByKeyAfterALoss(address, campaign));
  }

  private void publishAll(EventSource log) throws InterruptedException {
    try (Publisher publisher = publisher(log)) {
      assertTrue(publisher.awaitDrained(TIMEOUT), () -> publisher.status().toString());
    }
  }

  private Publisher publisher(EventSource log) {
    Publisher publisher =
        new Publisher(
            log,
            () -> Optional.of(KafkaCluster.at(address)),
            PublisherSettings.of(campaign),
            Clock.systemUTC());
    publisher.start();
    return publisher;
  }
}
