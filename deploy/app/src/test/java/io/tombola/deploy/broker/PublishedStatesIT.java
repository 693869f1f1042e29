package io.tombola.deploy.broker;

import static io.tombola.deploy.broker.BrokerFixture.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.outbox.Publisher;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.record.CampaignRecord;
import io.tombola.protocol.record.CampaignRecord.Counts;
import io.tombola.protocol.record.CampaignRecord.State;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The states of campaigns and replicates on the topic of a running broker. */
class PublishedStatesIT extends WithSharedBroker {

  private static final Instant LATER = Instant.parse("2026-01-02T04:04:05Z");
  private static final ArtifactRef ANY = new ArtifactRef("0".repeat(64));

  @Test
  void publishesTheProgressOfReplicatesAndCampaign() throws Exception {
    publishAll(journal);
    assertEquals(State.WAITING, latest(1).state());
    assertEquals(Optional.empty(), latest(1).times().startedAt());
    assertEquals(State.TRAINING, latestOfAll().state());

    publishAll(journal.addRounds(2));
    CampaignRecord replicate = latest(2);
    assertEquals(State.TRAINING, replicate.state());
    assertEquals(new Counts(3, 1001, 5, 2001, 2), replicate.counts());
    assertEquals(OptionalDouble.of(80), replicate.remainingPercent());
    assertEquals(OptionalDouble.of(84), replicate.bestTicketTestAccuracyPercent());
    assertEquals(new Counts(3, 1001, 10, 4002, 4), latestOfAll().counts());
  }

  @Test
  void publishesFailedAndRunningReplicates() throws Exception {
    TrialFailure gone = new TrialFailure(TrialFailure.Kind.DEVICE_LOST, "cpu:1 is gone");
    journal.addRounds(1).add(1, new ReplicateFinished(LATER));
    publishAll(
        journal.add(new ReplicateAbandoned(2, gone, LATER)).add(new CampaignFinished(LATER)));
    assertEquals(State.FINISHED, latest(1).state());
    assertEquals(State.ABANDONED, latest(2).state());
    assertEquals(Optional.of("cpu:1 is gone"), latest(2).failure());
    assertEquals(Optional.of(LATER), latest(2).times().finishedAt());
    assertEquals(State.FAILED, latestOfAll().state());
    assertEquals(Optional.of("replicate 2: cpu:1 is gone"), latestOfAll().failure());

    Provenance nowhere = new Provenance(new TreeMap<>(), new TreeMap<>());
    publishAll(journal.add(new CampaignRestarted(nowhere, LATER.plusSeconds(1))));
    assertEquals(State.FINISHED, latest(1).state());
    assertEquals(State.TRAINING, latest(2).state());
    assertEquals(Optional.empty(), latest(2).failure());
    assertEquals(State.TRAINING, latestOfAll().state());
  }

  @Test
  void publishesWhatTheUserRequested() throws Exception {
    publishAll(journal.addRounds(1).add(new CampaignPaused(LATER)));
    assertEquals(State.PAUSED, latestOfAll().state());
    assertEquals(State.TRAINING, latest(1).state());
    publishAll(journal.add(new CampaignCancelled(LATER)));
    assertEquals(State.CANCELLED, latestOfAll().state());
    assertEquals(Optional.empty(), latestOfAll().times().finishedAt());
    publishAll(journal.add(new CampaignResumed(LATER)));
    assertEquals(State.TRAINING, latestOfAll().state());
  }

  @Test
  void writesRecordsAsTheContractSays() throws Exception {
    publishAll(journal.addRounds(0));
    Received record =
        States.all(address, campaign).stream()
            .filter(r -> r.key().equals(campaign + "/2"))
            .findFirst()
            .orElseThrow();

    // The start of the campaign, and the dense ticket's result.
    assertEquals(RecordHeaders.ofCampaign(States.read(record), 1 + 6, campaign), record.headers());
    assertEquals(campaign + "/2/7", record.headers().get(RecordHeaders.ID));
    assertEquals(campaign + "/2", States.read(record).key());
  }

  @Test
  void publishesAStateOnceUntilItChanges() throws Exception {
    try (Publisher publisher = publisher(journal.addRounds(1))) {
      assertTrue(publisher.awaitDrained(TIMEOUT));
      assertEquals(3, States.all(address, campaign).size());

      journal.add(1, new CheckpointDropped(1, Arm.reinit(1), ANY, LATER));
      assertTrue(publisher.awaitDrained(TIMEOUT));
      assertEquals(3, States.all(address, campaign).size());

      // The campaign's own state is unchanged.
      journal.add(1, new ReplicateFinished(LATER));
      assertTrue(publisher.awaitDrained(TIMEOUT));
      assertEquals(4, States.all(address, campaign).size());
    }
  }

  @Test
  void repeatsTheSameRecordsAfterARestart() throws Exception {
    publishAll(journal.addRounds(1));
    publishAll(journal);
    List<Received> records = States.all(address, campaign);
    assertEquals(6, records.size());
    for (int state = 0; state < 3; state++) {
      assertEquals(records.get(state).headers(), records.get(3 + state).headers());
      assertEquals(records.get(state).value(), records.get(3 + state).value());
    }
  }

  @Test
  void endsWithTheJournalsStateAfterKills() throws Exception {
    int rounds = PublisherProcess.publishUnderKills(address, campaign, 2);
    publishAll(journal.addRounds(rounds));
    assertEquals(rounds + 1, latest(1).counts().roundsEnded());
    assertEquals(2 * rounds + 1, latest(1).counts().trialsEnded());
    assertEquals(2 * (2 * rounds + 1), latestOfAll().counts().trialsEnded());
  }

  private CampaignRecord latest(int replicate) throws Exception {
    return latest().get(campaign + "/" + replicate);
  }

  private CampaignRecord latestOfAll() throws Exception {
    return latest().get(campaign);
  }

  private Map<String, CampaignRecord> latest() throws Exception {
    return States.latest(address, campaign);
  }

  private static void publishAll(JournalFixture log) throws InterruptedException {
    try (Publisher publisher = publisher(log)) {
      assertTrue(publisher.awaitDrained(TIMEOUT), () -> publisher.status().toString());
    }
  }

  private static Publisher publisher(JournalFixture log) {

    Publisher publisher =
        new Publisher(
            log,
            () -> Optional.of(KafkaCluster.at(address)),
            PublisherSettings.of(log.campaign().name()),
            Clock.systemUTC());
    publisher.start();
    return publisher;
  }
}
