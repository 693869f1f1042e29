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

/** Progress records while the broker starts, stops and is killed. */
class ProgressPublisherIT {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int CAPACITY = 1000;

  @TempDir Path folder;

  @Test
  void publishesProgressAsTheContractSays() throws Exception {
    try (BrokerFixture broker = BrokerFixture.start(folder)) {
      String address = broker.address();
      try (ProgressPublisher publisher = publisher(broker::cluster)) {
        publisher.on(began(7));
        publisher.on(new Progress.TrainerEnded("cpu:1", "was killed"));
        await("both records", () -> records(address).size() == 2);
      }
      Received began = records(address).get(0);
      ProgressRecord record = read(began);
      assertEquals("live/1", began.key());
      assertEquals(Kind.TRAINING_BEGAN, record.kind());
      assertEquals(7, record.reached().iteration().orElseThrow());
      assertEquals(
          RecordHeaders.ofProgress(record, "store/" + NOW.toEpochMilli() + "/1", "store"),
          began.headers());
      assertEquals("live", records(address).get(1).key());
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
    try (ProgressPublisher publisher = publisher(hanging)) {
      publisher.on(began(0));
      attempt.await();

      // The attempt ends only after these: a call that waited for it would never return.
      for (int iteration = 1; iteration < 100 * CAPACITY; iteration++) {
        publisher.on(began(iteration));
      }
      release.countDown();
    }
  }

  @Test
  void closesWhileTheBrokerIsAway() {
    try (ProgressPublisher publisher =
        publisher(() -> Optional.of(KafkaCluster.at("127.0.0.1:1")))) {
      publisher.on(began(1));
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
  void dropsTheOldestRecordsUntilTheBrokerStarts() throws Exception {
    try (BrokerFixture broker = BrokerFixture.start(folder)) {
      String address = broker.address();
      AtomicBoolean up = new AtomicBoolean();
      try (ProgressPublisher publisher =
          publisher(() -> up.get() ? broker.cluster() : Optional.empty())) {
        for (int iteration = 1; iteration <= CAPACITY + 500; iteration++) {
          publisher.on(began(iteration));
        }
        up.set(true);
        await("the newest records", () -> records(address).size() == CAPACITY);
      }
      List<Integer> iterations = new ArrayList<>();
      for (Received record : records(address)) {
        iterations.add(read(record).reached().iteration().orElseThrow());
      }
      assertEquals(501, iterations.get(0));
      assertEquals(CAPACITY + 500, iterations.get(CAPACITY - 1));
    }
  }

  @Test
  void continuesAfterTheBrokerWasKilled() throws Exception {
    try (BrokerFixture broker = BrokerFixture.start(folder);
        ProgressPublisher publisher = publisher(broker::cluster)) {
      broker.address();
      publisher.on(began(1));
      await("the first record", () -> iterations(broker).contains(1));
      broker.kill();
      publisher.on(began(2));
      await("the restart", () -> broker.process().address().isPresent());
      await(
          "a later record",
          () -> {
            publisher.on(began(3));
            return iterations(broker).contains(3);
          });
    }
  }

  private static ProgressPublisher publisher(Supplier<Optional<KafkaCluster>> cluster) {
    ProgressPublisher publisher =
        new ProgressPublisher(
            "live", cluster, PublisherSettings.of("store"), Clock.fixed(NOW, ZoneOffset.UTC));
    publisher.start();
    return publisher;
  }

  private static Progress began(int iteration) {
    return new Progress.TrainingBegan(
        new TrialId("live", 1, 0, Arm.TICKET), "cpu:0", iteration, 1_000_000);
  }

  private static Set<Integer> iterations(BrokerFixture broker) {
    Set<Integer> iterations = new HashSet<>();
    broker
        .process()
        .address()
        .ifPresent(
            address ->
                records(address)
                    .forEach(
                        record -> iterations.add(read(record).reached().iteration().orElse(-1))));
    return iterations;
  }

  /** The records on the topic; none before it exists. */
  private static List<Received> records(String address) {
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
      throw new IllegalStateException("not a progress record: " + record, e);
    }
  }
}
