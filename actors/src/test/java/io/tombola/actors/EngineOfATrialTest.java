package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.start.InitialTicket;
import io.tombola.training.start.StartingPoints;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial's engine is chosen once: the engine in the journal trains it, in every process. */
final class EngineOfATrialTest {

  private static final Instant STARTED_AT = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;

  private final Map<EngineName, Integer> trained = new EnumMap<>(EngineName.class);

  /** Records the requested engine and trains with DL4J in any case. */
  private record RecordingEngine(Engine real, Map<EngineName, Integer> trained) implements Engine {
    @Override
    public Device device() {
      return real.device();
    }

    @Override
    public TrainingSession open(SessionSpec spec) {
      synchronized (trained) {
        trained.merge(spec.engine(), 1, Integer::sum);
      }
      return real.open(
          new SessionSpec(
              spec.training(),
              spec.splits(),
              spec.start(),
              spec.mask(),
              spec.order(),
              spec.rates(),
              EngineName.DL4J));
    }

    @Override
    public void close() {
      real.close();
    }
  }

  @Test
  void aTrialTrainsOnTheEngineItWasPreparedFor() throws Exception {
    CampaignSpec campaign = copied(EngineChoice.AUTO);
    TestRun run = new TestRun(folder);
    JournalWriter.begin(run.store(), prepared(campaign, EngineName.SPARSE, run));

    assertEquals(CampaignOutcome.Kind.FINISHED, recording(run).run(campaign).kind());

    ReplicateState first = replicate(run, 1);
    assertEquals(EngineName.SPARSE, first.trial(0, Arm.TICKET).orElseThrow().engine());
    Arm copy = new Arm(Arm.Kind.ORDER, 1);
    assertEquals(EngineName.SPARSE, first.trial(0, copy).orElseThrow().engine(), "as its ticket");
    assertEquals(Map.of(EngineName.SPARSE, 2L, EngineName.DL4J, 6L), engines(run));
    assertEquals(Map.of(EngineName.SPARSE, 2, EngineName.DL4J, 6), trained);
  }

  @Test
  void aCampaignThatStartedOnDl4jStaysThereUnderAuto() throws Exception {
    CampaignSpec old = copied(EngineChoice.DL4J);
    TestRun run = new TestRun(folder);
    JournalWriter.begin(run.store(), prepared(old, EngineName.DL4J, run));

    CampaignOutcome outcome = recording(run).run(copied(EngineChoice.AUTO));

    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    for (int replicate = 1; replicate <= 2; replicate++) {
      assertEquals(
          EngineChoice.DL4J,
          replicate(run, replicate).campaign().orElseThrow().training().engine());
    }
    assertEquals(Map.of(EngineName.DL4J, 8), trained);
  }

  @Test
  void anEngineThatIsNamedTrainsEveryTrial() throws Exception {
    TestRun run = new TestRun(folder);
    assertEquals(
        CampaignOutcome.Kind.FINISHED, recording(run).run(copied(EngineChoice.SPARSE)).kind());
    assertEquals(Map.of(EngineName.SPARSE, 8L), engines(run));
    assertEquals(Map.of(EngineName.SPARSE, 8), trained);
    assertTrue(
        run.view("engines").records().stream()
            .map(RoundRecord::engine)
            .allMatch(EngineName.SPARSE::equals));
  }

  private TestRun recording(TestRun run) {
    return run.changingEngines(real -> new RecordingEngine(real, trained));
  }

  /** Two replicates of a dense and a pruned ticket, a copy of the first, a control of the other. */
  private static CampaignSpec copied(EngineChoice choice) {
    CampaignSpec small = TestCampaigns.small("engines", 1);
    return TestCampaigns.with(
        TestCampaigns.with(small, small.training().withEngine(choice)),
        new AnalysisSpec(new AnalysisSpec.Instability(1, List.of(0), 3), false));
  }

  /** The journal of a campaign that was interrupted when the first ticket was prepared. */
  private static Map<String, List<TombolaEvent>> prepared(
      CampaignSpec campaign, EngineName engine, TestRun run) {
    ArtifactStore artifacts = new ArtifactStore(run.store());
    InitialTicket start = StartingPoints.initial(campaign, 1);
    TrialStart refs =
        new TrialStart(
            artifacts.put(start.theta0().encode()), artifacts.put(start.mask().encode()));
    Provenance nowhere = new Provenance(new TreeMap<>(), new TreeMap<>());
    return Map.of(
        JournalId.campaign(campaign.name()),
        List.of(new CampaignStarted(campaign, nowhere, STARTED_AT)),
        JournalId.replicate(new ReplicateId(campaign.name(), 1)),
        List.of(
            new ReplicateStarted(campaign, 1, STARTED_AT),
            new WeightsInitialized(refs.weights(), refs.mask(), start.mask().density(), STARTED_AT),
            new TrialPrepared(0, Arm.TICKET, refs, start.mask().density(), engine, STARTED_AT)));
  }

  private static ReplicateState replicate(TestRun run, int number) {
    return run.view("engines").replicates().get(number - 1);
  }

  private static Map<EngineName, Long> engines(TestRun run) {
    Map<EngineName, Long> counts = new EnumMap<>(EngineName.class);
    Stream.of(1, 2)
        .flatMap(number -> replicate(run, number).trials().stream())
        .forEach(trial -> counts.merge(trial.engine(), 1L, Long::sum));
    return counts;
  }
}
