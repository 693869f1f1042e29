package io.tombola.deploy.broker;

import static io.tombola.deploy.broker.BrokerFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.KafkaUnavailableException;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.progress.ProgressPublisher;
import io.tombola.actors.publish.topic.TopicReader;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.ProgressRecord;
import io.tombola.protocol.record.ProgressRecord.Kind;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** News while the broker comes and goes. */
class ProgressPublisherIT {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int ROOM = 1000;

  @TempDir Path folder;

  @Test
  void publishesNewsAsTheContractSays() throws Exception {
    try (BrokerFixture broker = BrokerFixture.start(folder)) {
      String address = broker.address();
      try (ProgressPublisher feed = feed(broker::cluster)) {
        feed.on(began(7));
        feed.on(new Progress.TrainerEnded("cpu:1", "was killed"));
        await("both", () -> news(address).size() == 2);
      }
      Received began = news(address).get(0);
      ProgressRecord record = read(began);
      assertEquals("news/1", began.key());
      assertEquals(Kind.TRAINING_BEGAN, record.kind());
      assertEquals(7, record.reached().iteration().orElseThrow());
      assertEquals(
          RecordHeaders.ofProgress(record, "store/" + NOW.toEpochMilli() + "/1", "store"),
          began.headers());
      assertEquals("news", news(address).get(1).key());
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
    try (ProgressPublisher feed = feed(hanging)) {
      feed.on(began(0));
      attempt.await();

      // The attempt ends only after these: a call that waited for it would never return.
      for (int iteration = 1; iteration < 100 * ROOM; iteration++) {
        feed.on(began(iteration));
      }
      release.countDown();
    }
  }

  @Test
  void closesWhileTheBrokerIsAway() {
    try (ProgressPublisher feed = feed(() -> Optional.of(KafkaCluster.at("127.0.0.1:1")))) {
      feed.on(began(1));
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void dropsTheOldestUntilTheBrokerComes() throws Exception {
    try (BrokerFixture broker = BrokerFixture.start(folder)) {
      String address = broker.address();
      AtomicBoolean up = new AtomicBoolean();
      try (ProgressPublisher feed = feed(() -> up.get() ? broker.cluster() : Optional.empty())) {
        for (int iteration = 1; iteration <= ROOM + 500; iteration++) {
          feed.on(began(iteration));
        }
        up.set(true);
        await("the newest", () -> news(address).size() == ROOM);
      }
      List<Integer> iterations = new ArrayList<>();
      for (Received record : news(address)) {
        iterations.add(read(record).reached().iteration().orElseThrow());
      }
      assertEquals(501, iterations.get(0));
      assertEquals(ROOM + 500, iterations.get(ROOM - 1));
    }
  }

  @Test
  void continuesAfterTheBrokerWasKilled() throws Exception {
    try (BrokerFixture broker = BrokerFixture.start(folder);
        ProgressPublisher feed = feed(broker::cluster)) {
      broker.address();
      feed.on(began(1));
      await("the first", () -> iterations(broker).contains(1));
      broker.kill();
      feed.on(began(2));
      await("the restart", () -> broker.process().address().isPresent());
      await(
          "later news",
          () -> {
            feed.on(began(3));
            return iterations(broker).contains(3);
          });
    }
  }

  private static ProgressPublisher feed(Supplier<Optional<KafkaCluster>> cluster) {
    ProgressPublisher feed =
        new ProgressPublisher(
            "news", cluster, PublisherSettings.of("store"), Clock.fixed(NOW, ZoneOffset.UTC));
    feed.start();
    return feed;
  }

  private static Progress began(int iteration) {
    return new Progress.TrainingBegan(
        new TrialId("news", 1, 0, Arm.TICKET), "cpu:0", iteration, 1_000_000);
  }

  private static Set<Integer> iterations(BrokerFixture broker) {
    Set<Integer> iterations = new HashSet<>();
    broker
        .process()
        .address()
        .ifPresent(
            address ->
                news(address)
                    .forEach(
                        record -> iterations.add(read(record).reached().iteration().orElse(-1))));
    return iterations;
  }

  /** What is on the topic; nothing before there is one. */
  private static List<Received> news(String address) {
    List<Received> records = new ArrayList<>();
    try {
      new TopicReader(KafkaCluster.at(address)).read(Topics.PROGRESS, records::add);
    } catch (KafkaUnavailableException e) {
      assertTrue(e.getMessage().contains(address), e.getMessage());
    }
    return records;
  }

  private static ProgressRecord read(Received record) {
    try {
      return Json.MAPPER.readValue(record.value(), ProgressRecord.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no news: " + record, e);
    }
  }
}
