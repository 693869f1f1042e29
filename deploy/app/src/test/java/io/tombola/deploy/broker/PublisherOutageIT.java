package io.tombola.deploy.broker;

import static io.tombola.deploy.broker.BrokerFixture.TIMEOUT;
import static io.tombola.deploy.broker.BrokerFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.outbox.Publisher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing while the broker starts, stops and is killed. */
class PublisherOutageIT {

  private static final String CAMPAIGN = "outage";
  private static final PublisherSettings SETTINGS = PublisherSettings.of("store");

  @TempDir Path folder;

  @Test
  void publishesExactlyOnceWhenTheBrokerIsKilled() throws Exception {
    JournalFixture journal = new JournalFixture(CAMPAIGN).addRounds(3);
    try (BrokerFixture broker = BrokerFixture.start(folder);
        Publisher publisher = publisher(journal, broker::cluster)) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
      for (int kill = 1; kill <= 2; kill++) {
        journal.addRound(2 * kill + 2).addRound(2 * kill + 3);
        publisher.wake();
        await("a transaction", () -> publisher.status().pending().orElse(0) > 0);
        broker.kill();
        assertTrue(publisher.awaitDrained(TIMEOUT));
      }
      assertEquals(
          journal.expected(), Rounds.idsByKey(broker.process().address().orElseThrow(), CAMPAIGN));
    }
  }

  @Test
  void drainsTheBacklogWhenTheBrokerStarts() throws Exception {
    JournalFixture journal = new JournalFixture(CAMPAIGN).addRounds(3);
    Supplier<Optional<KafkaCluster>> noCluster = () -> Optional.empty();
    try (Publisher early = publisher(journal, noCluster)) {
      assertFalse(early.awaitDrained(Duration.ofMillis(50)));
      await("the backlog", () -> early.status().pending().equals(OptionalLong.of(14)));
    }
    try (BrokerFixture broker = BrokerFixture.start(folder);
        Publisher publisher = publisher(journal, broker::cluster)) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
      assertEquals(journal.expected(), Rounds.idsByKey(broker.address(), CAMPAIGN));
    }
  }

  @Test
  void callersDoNotWaitForAnAttemptThatHangs() throws Exception {
    CountDownLatch attempt = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Supplier<Optional<KafkaCluster>> hanging =
        () -> {
          attempt.countDown();
          awaitUninterruptibly(release);
          return Optional.empty();
        };
    try (Publisher publisher = publisher(new JournalFixture(CAMPAIGN).addRounds(3), hanging)) {
      attempt.await();

      // The attempt ends only after these: a call that waited for it would never return.
      publisher.wake();
      publisher.status();
      assertFalse(publisher.awaitDrained(Duration.ofMillis(50)));
      release.countDown();
    }
  }

  @Test
  void countsTheBacklogAndClosesWhileTheBrokerIsAway() throws Exception {
    JournalFixture journal = new JournalFixture(CAMPAIGN).addRounds(3);
    try (Publisher publisher =
        publisher(journal, () -> Optional.of(KafkaCluster.at("127.0.0.1:1")))) {
      await("the first try to fail", () -> publisher.status().lastError().isPresent());
      publisher.wake();
      assertFalse(publisher.awaitDrained(Duration.ofMillis(50)));
      await("the backlog", () -> publisher.status().pending().equals(OptionalLong.of(14)));
    }
  }

  @Test
  void reportsTheBacklogAndItsAgeWhileTheBrokerIsAway() throws Exception {
    JournalFixture journal = new JournalFixture(CAMPAIGN).addRounds(1);
    AtomicReference<String> address = new AtomicReference<>();
    try (Publisher publisher = publisher(journal, () -> cluster(address))) {
      try (BrokerFixture broker = BrokerFixture.start(folder)) {
        address.set(broker.address());
        assertTrue(publisher.awaitDrained(TIMEOUT));
        assertEquals(Optional.empty(), publisher.status().waitingSince());
      }
      journal.addRound(2);
      publisher.wake();
      await("the first failure", () -> publisher.status().failures() > 0);
      assertEquals(Optional.of(JournalFixture.AT), publisher.status().waitingSince());
      journal.addRound(3);
      publisher.wake();
      await("the backlog", () -> publisher.status().pending().equals(OptionalLong.of(8)));

      try (BrokerFixture again = BrokerFixture.start(folder)) {
        address.set(again.address());
        assertTrue(publisher.awaitDrained(TIMEOUT));
        assertEquals(OptionalLong.of(0), publisher.status().pending());
        assertEquals(Optional.empty(), publisher.status().waitingSince());
      }
    }
  }

  @Test
  void reportsTheAgeOfABacklogThatNeverReachedABroker() {
    Instant now = Instant.parse("2026-01-02T03:05:00Z");
    JournalFixture journal = new JournalFixture(CAMPAIGN).addRounds(1);
    try (Publisher publisher =
        new Publisher(
            journal,
            () -> cluster(new AtomicReference<>("127.0.0.1:1")),
            SETTINGS,
            Clock.fixed(now, ZoneOffset.UTC))) {
      publisher.start();
      assertEquals(Optional.empty(), publisher.status().waitingSince());
      publisher.wake();
      assertEquals(Optional.of(now), publisher.status().waitingSince());
      await("the first failure", () -> publisher.status().failures() > 0);
      assertEquals(Optional.of(now), publisher.status().waitingSince());
      assertEquals(OptionalLong.empty(), publisher.status().pending());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<KafkaCluster> cluster(AtomicReference<String> address) {
    return Optional.ofNullable(address.get()).map(KafkaCluster::at);
  }

  private static Publisher publisher(
      JournalFixture journal, Supplier<Optional<KafkaCluster>> cluster) {
    Publisher publisher = new Publisher(journal, cluster, SETTINGS, Clock.systemUTC());
    publisher.start();
    return publisher;
  }
}
