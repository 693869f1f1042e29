package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.ReplicateStatus;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.CampaignRecord;
import io.tombola.protocol.record.CampaignRecord.Counts;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignProgress;
import io.tombola.protocol.state.CampaignProgress.Span;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.DeviceUsage;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.view.CampaignView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The status of a campaign as text and JSON, from its events alone. */
class StatusTest {

  private static final Instant START = Instant.parse("2026-11-22T09:00:00.123Z");
  private static final ArtifactRef ARTIFACT = new ArtifactRef("a".repeat(64));
  private static final TrialStart FROM = new TrialStart(ARTIFACT, ARTIFACT);
  private static final MaskDensity DENSITY =
      new MaskDensity(List.of(new MaskDensity.Layer("dense-1", 8004, 10000)));
  private static final CampaignSpec SPEC =
      ConfigLoader.load(
              Optional.empty(),
              List.of("training.iterations=4000", "pruning.rounds=7", "replicates=2"))
          .campaign();

  private final CampaignState started =
      CampaignState.EMPTY.apply(
          new CampaignStarted(SPEC, new Provenance(new TreeMap<>(), new TreeMap<>()), START));

  /** The dense round has a result, the next is half-way, its control waits. */
  private final ReplicateState underWay =
      ReplicateState.EMPTY
          .apply(new ReplicateStarted(SPEC, 1, START))
          .apply(new TrialPrepared(0, Arm.TICKET, FROM, DENSITY, EngineName.DL4J, START))
          .apply(
              new TrialTrained(
                  0,
                  Arm.TICKET,
                  new TrainedTrial(4000, ARTIFACT, ARTIFACT, "cpu:0", 9),
                  Optional.of(new DeviceUsage("cpu:0", 1998, 2000)),
                  START))
          .apply(
              new TrialEvaluated(
                  0, Arm.TICKET, new TrialMetrics(1200, 0.321, 88.125, 87.5, 0.4, 87.25), START))
          .apply(new TrialPrepared(1, Arm.TICKET, FROM, DENSITY, EngineName.DL4J, START))
          .apply(
              new CheckpointSaved(
                  1,
                  Arm.TICKET,
                  new CheckpointRef(1500, ARTIFACT),
                  Optional.of(new DeviceUsage("cpu:1", 900, 1000)),
                  START))
          .apply(new TrialPrepared(1, Arm.reinit(1), FROM, DENSITY, EngineName.SPARSE, START));

  @Test
  void aRunningCampaignShowsItsProcessAndTrialsInFlight() {
    LockHolder holder = new LockHolder(4711, "lab", START);
    assertEquals(
        """
        quickstart: running, 1 of 30 trials, started 2026-11-22T09:00:00Z
          by process 4711 on lab since 2026-11-22T09:00:00Z
          device utilisation: cpu:0 99.9 %, cpu:1 90.0 %
        replicate  state     rounds  trials  engines           in flight
                1  training     1/8    1/15  dl4j 2, sparse 1  1/ticket on dl4j at 1500 of 4000, 1/reinit-1 on sparse at 0 of 4000
                2  waiting      0/8    0/15  -                 -
        """,
        text(started, Optional.of(holder)));
  }

  @Test
  void anInterruptedCampaignShowsHowToResume() {
    assertEquals(
        "  not running; resume with the same 'tombola run' command",
        text(started, Optional.empty()).lines().toList().get(1));
  }

  @Test
  void aPausedCampaignShowsHowToResume() {
    CampaignState paused = started.apply(new CampaignPaused(START.plusSeconds(5)));
    assertEquals(
        List.of(
            "quickstart: paused, 1 of 30 trials, started 2026-11-22T09:00:00Z",
            "  by process 4711 on lab since 2026-11-22T09:00:00Z",
            "  resume with 'tombola resume quickstart'"),
        text(paused, Optional.of(new LockHolder(4711, "lab", START))).lines().limit(3).toList());
    assertEquals(
        "  not running; resume with 'tombola resume quickstart', then the same 'tombola run'"
            + " command",
        text(paused, Optional.empty()).lines().toList().get(1));
    assertEquals(
        CampaignRecord.State.PAUSED, CampaignProgress.of(paused, List.of(underWay), START).state());
  }

  @Test
  void aCancelledCampaignShowsHowToResume() {
    CampaignState cancelled = started.apply(new CampaignCancelled(START.plusSeconds(5)));
    List<String> lines = text(cancelled, Optional.empty()).lines().toList();
    assertEquals(
        "quickstart: cancelled, 1 of 30 trials, started 2026-11-22T09:00:00Z", lines.get(0));
    assertEquals(
        "  resume with 'tombola resume quickstart', then the same 'tombola run' command",
        lines.get(1));
    assertEquals(
        CampaignRecord.State.CANCELLED,
        CampaignProgress.of(cancelled, List.of(underWay), START).state());
  }

  @Test
  void aProcessThatAppendsACommandDoesNotRunTheCampaign() {
    LockHolder sender = new LockHolder(4711, "lab", START.plusSeconds(4));
    CampaignView paused = view(started.apply(new CampaignPaused(START.plusSeconds(5))));
    assertFalse(CampaignStatus.isRunBy(paused, sender));
    assertTrue(CampaignStatus.isRunBy(paused, new LockHolder(4711, "lab", START)));
  }

  @Test
  void aFailedCampaignShowsTheFailedReplicateAndTheReason() {
    CampaignState failed =
        started
            .apply(
                new ReplicateAbandoned(
                    2, new TrialFailure(TrialFailure.Kind.DEVICE_LOST, "cpu:1 is gone"), START))
            .apply(new CampaignFinished(START.plusSeconds(60)));
    List<String> lines = text(failed, Optional.empty()).lines().toList();
    assertEquals(
        "quickstart: failed, 1 of 30 trials, started 2026-11-22T09:00:00Z,"
            + " ended 2026-11-22T09:01:00Z",
        lines.get(0));
    assertEquals("replicate 2, failed: cpu:1 is gone", lines.get(lines.size() - 1));
  }

  @Test
  void theStatusAsJsonHasTheSameValues() {
    JsonNode json = Json.MAPPER.valueToTree(CampaignStatus.of(view(started), Optional.empty()));
    assertEquals("interrupted", json.get("state").asText());
    assertEquals(30, json.get("trials").asInt());
    JsonNode inFlight = json.get("replicates").get(0).get("in_flight").get(0);
    assertEquals("ticket", inFlight.get("arm").asText());
    assertEquals(1500, inFlight.get("checkpoint_iteration").asInt());
    assertEquals("dl4j", inFlight.get("engine").asText());
    JsonNode device = json.get("devices").get(1);
    assertEquals("cpu:1", device.get("device").asText());
    assertEquals(90.0, device.get("utilisation_percent").asDouble());
    assertEquals(1, json.get("replicates").get(0).get("engines").get("sparse").asInt());
  }

  @Test
  void thePublishedRecordsHaveTheSameCounts() {
    CampaignStatus status = CampaignStatus.of(view(started), Optional.empty());
    ReplicateStatus first = status.replicates().get(0);
    CampaignRecord replicate =
        CampaignProgress.of(1, underWay, started, new Span(Optional.of(START), START));
    CampaignRecord whole =
        CampaignProgress.of(started, List.of(underWay, ReplicateState.EMPTY), START);

    assertEquals(first.state(), replicate.state());
    assertEquals(
        new Counts(first.roundsEnded(), first.rounds(), first.trialsEnded(), first.trials(), 0),
        replicate.counts());
    assertEquals(
        new Counts(0, first.rounds(), status.trialsEnded(), status.trials(), 0), whole.counts());
    assertEquals(OptionalDouble.of(87.5), replicate.ticketTestAccuracyPercent());
    assertEquals(
        CampaignRecord.State.WAITING,
        CampaignProgress.of(2, ReplicateState.EMPTY, started, new Span(Optional.empty(), START))
            .state());
  }

  @Test
  void resultsAreAlignedWithTwoDecimals() {
    assertEquals(
        """
        campaign    replicate  round  arm      Pm %  early stop  val loss  val acc %  test acc %  final test %  engine  status
        quickstart          1      0  ticket  80.04        1200    0.3210      88.13       87.50         87.25  dl4j    ok
        """,
        ResultsTable.of(underWay.records()).toString());
  }

  @Test
  void resultsAndStatusShowWhereATrainingDiverged() {
    TrialFailure failure =
        new TrialFailure(
            TrialFailure.Kind.DIVERGED,
            "no number after 1500 iterations, first in dense-1",
            Optional.of(1500),
            Optional.of("dense-1"));
    ReplicateState diverged = underWay.apply(new TrialFailed(1, Arm.TICKET, failure, START));
    assertTrue(
        ResultsTable.of(diverged.records()).toString().contains("diverged at 1500 in dense-1"));
    CampaignView view = new CampaignView(started, List.of(diverged));
    assertTrue(
        StatusText.of(CampaignStatus.of(view, Optional.empty()))
            .contains("replicate 1, 1/ticket: " + failure.message()));
  }

  @Test
  void jsonOfACommandHasNullWhereANumberIsNotFinite() {
    StringWriter out = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(out), false, false);
    console.printJson(List.of(1.5, Double.NaN, Double.POSITIVE_INFINITY));
    assertEquals("[1.5,null,null]", out.toString().replaceAll("\\s", ""));
  }

  private String text(CampaignState campaign, Optional<LockHolder> holder) {
    return StatusText.of(CampaignStatus.of(view(campaign), holder));
  }

  private CampaignView view(CampaignState campaign) {
    return new CampaignView(campaign, List.of(underWay));
  }
}
