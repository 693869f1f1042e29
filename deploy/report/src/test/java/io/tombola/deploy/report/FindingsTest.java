package io.tombola.deploy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final Instant NOW = Instant.EPOCH;
  private static final ArtifactRef MASK = new ArtifactRef("0".repeat(64));

  @Test
  void headlinesTheSparsestRoundThatWinsOnAverage() {
    Findings findings =
        Findings.of(
            finished(2, 2, 1),
            List.of(
                ok(1, 0, Arm.TICKET, 3100, 87.4),
                ok(2, 0, Arm.TICKET, 3100, 87.6),
                ok(1, 1, Arm.TICKET, 2500, 88.5),
                ok(2, 1, Arm.TICKET, 2500, 88.5),
                ok(1, 1, Arm.reinit(1), 3000, 87.0),
                ok(2, 1, Arm.reinit(1), 3000, 87.0),
                ok(1, 2, Arm.TICKET, 2500, 87.8),
                ok(2, 2, Arm.TICKET, 2700, 88.0),
                ok(1, 2, Arm.reinit(1), 3400, 86.8),
                ok(2, 2, Arm.reinit(1), 3400, 87.0)));
    assertEquals(
        List.of(
            "Winning ticket at Pm 64.1 %: 87.90 % test accuracy at early stop (min 87.80, max"
                + " 88.00, n=2) against 87.50 % (min 87.40, max 87.60, n=2) dense and 86.90 %"
                + " (min 86.80, max 87.00, n=2) reinit; early stop at iteration 2,600 (2,500 to"
                + " 2,700) against 3,100 dense and 3,400 reinit.",
            "In 2 of 2 replicates, each by itself, the ticket at Pm 64.1 % stops no later than"
                + " dense, has at least its accuracy and is more accurate than reinit.",
            "On average that holds in 2 of 2 rounds compared (Pm 80.0, 64.1 %)."),
        findings.sentences());
  }

  @Test
  void saysPlainlyThatNoTicketWonAndWhy() {
    Findings findings =
        Findings.of(
            finished(2, 1, 1),
            List.of(
                ok(1, 0, Arm.TICKET, 2000, 88.0),
                ok(2, 0, Arm.TICKET, 2000, 88.0),
                ok(1, 1, Arm.TICKET, 2500, 87.0),
                ok(2, 1, Arm.TICKET, 2500, 87.0),
                ok(1, 1, Arm.reinit(1), 2500, 87.0),
                ok(2, 1, Arm.reinit(1), 2500, 87.0)));
    assertTrue(findings.winner().isEmpty());
    List<String> sentences = findings.sentences();
    assertEquals(
        "No winning ticket was found at Pm 80.0 %, the one round compared.", sentences.get(0));
    assertEquals(
        "It falls short, on average: it stops later than dense; it is less accurate than dense; it"
            + " is no more accurate than reinit.",
        sentences.get(2));
    assertTrue(sentences.get(3).startsWith("In 0 of 2 replicates"));
    assertTrue(sentences.get(4).contains("overlaps that of reinit: with n=2"));
  }

  @Test
  void headlinesTheMostAccurateTicketIfNoneWins() {
    Findings findings =
        Findings.of(
            finished(1, 2, 0),
            List.of(
                ok(1, 0, Arm.TICKET, 2000, 88.0),
                ok(1, 1, Arm.TICKET, 2000, 87.5),
                ok(1, 2, Arm.TICKET, 2000, 87.9)));
    assertEquals(2, findings.mostAccurate().orElseThrow().ticket().round());
    assertTrue(
        findings
            .sentences()
            .contains("It falls short, on average: it is less accurate than dense."));
  }

  @Test
  void equalMeansAreNoLaterAndNoWorse() {
    Findings findings =
        Findings.of(
            finished(3, 1, 0),
            List.of(
                ok(1, 0, Arm.TICKET, 100, 87.1),
                ok(2, 0, Arm.TICKET, 200, 87.2),
                ok(3, 0, Arm.TICKET, 300, 87.4),
                ok(1, 1, Arm.TICKET, 300, 87.4),
                ok(2, 1, Arm.TICKET, 200, 87.2),
                ok(3, 1, Arm.TICKET, 100, 87.1)));
    TicketComparison winner = findings.winner().orElseThrow();
    assertEquals(1, winner.holdsIn());
  }

  @Test
  void aTicketNoBetterThanItsControlDoesNotWin() {
    Findings findings =
        Findings.of(
            finished(1, 1, 2),
            List.of(
                ok(1, 0, Arm.TICKET, 2000, 87.0),
                ok(1, 1, Arm.TICKET, 1500, 88.0),
                ok(1, 1, Arm.reinit(1), 1500, 87.5),
                ok(1, 1, Arm.reinit(2), 1500, 88.5)));
    assertTrue(findings.winner().isEmpty());
    assertEquals(2, findings.summary(1, Arm.Kind.REINIT).orElseThrow().n());
  }

  @Test
  void oneReplicateIsAnAnecdote() {
    List<String> sentences =
        Findings.of(
                finished(1, 1, 1),
                List.of(
                    ok(1, 0, Arm.TICKET, 2000, 87.0),
                    ok(1, 1, Arm.TICKET, 1500, 88.0),
                    ok(1, 1, Arm.reinit(1), 2500, 86.0)))
            .sentences();
    assertEquals(
        "Winning ticket at Pm 80.0 %: 88.00 % test accuracy at early stop (n=1) against 87.00 %"
            + " (n=1) dense and 86.00 % (n=1) reinit; early stop at iteration 1,500 against 2,000"
            + " dense and 2,500 reinit.",
        sentences.get(0));
    assertTrue(sentences.get(3).startsWith("One replicate is an anecdote"));
  }

  @Test
  void withoutControlsItSaysWhatIsUnknown() {
    List<String> sentences =
        Findings.of(
                finished(1, 1, 0),
                List.of(ok(1, 0, Arm.TICKET, 2000, 87.0), ok(1, 1, Arm.TICKET, 1500, 88.0)))
            .sentences();
    assertTrue(sentences.stream().anyMatch(s -> s.startsWith("Without controls")));
    assertTrue(
        sentences.get(1).endsWith("stops no later than dense and has at least its accuracy."));
  }

  @Test
  void comparesOnlyReplicatesThatHaveEveryArm() {
    Findings findings =
        Findings.of(
            finished(2, 1, 1),
            List.of(
                ok(1, 0, Arm.TICKET, 2000, 87.0),
                ok(2, 0, Arm.TICKET, 2000, 95.0),
                ok(1, 1, Arm.TICKET, 1500, 88.0),
                ok(2, 1, Arm.TICKET, 1500, 95.0),
                ok(1, 1, Arm.reinit(1), 2500, 86.0),
                failed(2, 1, Arm.reinit(1))));
    TicketComparison winner = findings.winner().orElseThrow();
    assertEquals(1, winner.replicates());
    assertEquals(87.0, winner.dense().earlyStopTestAccuracyPercent().mean());
    assertEquals(2, findings.summary(0, Arm.Kind.TICKET).orElseThrow().n());
    assertTrue(
        findings
            .sentences()
            .contains("Left out of every number: 1 trial that ended without a result."));
  }

  @Test
  void anUnfinishedCampaignSaysSo() {
    Findings findings =
        Findings.of(
            started(1, 2, 0),
            List.of(ok(1, 0, Arm.TICKET, 2000, 87.0), ok(1, 1, Arm.TICKET, 1500, 88.0)));
    List<String> sentences = findings.sentences();
    assertTrue(sentences.get(0).startsWith("Winning ticket so far at Pm 80.0 %"));
    assertTrue(sentences.contains("Unfinished: 2 of 3 trials have ended; the finding may change."));
  }

  @Test
  void beforeAnyComparisonItSaysSo() {
    assertEquals(
        List.of(
            "Nothing to compare: no pruned round has results for all of its arms.",
            "Unfinished: 0 of 2 trials have ended; the finding may change."),
        Findings.of(started(1, 1, 0), List.of()).sentences());
  }

  @Test
  void namesAbandonedReplicates() {
    CampaignState campaign =
        started(2, 1, 0)
            .apply(
                new ReplicateAbandoned(
                    2, new TrialFailure(TrialFailure.Kind.OUT_OF_MEMORY, "no memory left"), NOW))
            .apply(new CampaignFinished(NOW));
    List<String> sentences =
        Findings.of(
                campaign,
                List.of(ok(1, 0, Arm.TICKET, 2000, 87.0), ok(1, 1, Arm.TICKET, 1500, 88.0)))
            .sentences();
    assertTrue(sentences.contains("Replicate 2 was abandoned: no memory left"));
    assertTrue(sentences.contains("2 of 4 trials have ended; the others were abandoned."));
  }

  @Test
  void warnsThatTrainingMayHaveBeenTooShort() {
    List<String> sentences =
        Findings.of(
                finished(1, 1, 0),
                List.of(ok(1, 0, Arm.TICKET, 5000, 87.0), ok(1, 1, Arm.TICKET, 1500, 88.0)))
            .sentences();
    assertTrue(
        sentences.stream().anyMatch(s -> s.startsWith("In 1 of these trainings validation loss")));
  }

  @Test
  void onlyThePapersControlsMustBeBeaten() {
    CampaignSpec spec = SampleCampaign.everything().spec();
    assertEquals(List.of(Arm.Kind.REINIT, Arm.Kind.RANDOM), Findings.controlKinds(spec));
    assertEquals(8, SampleCampaign.everything().finished().findings().comparisons().size());
  }

  private static CampaignState started(int replicates, int rounds, int reinits) {
    CampaignSpec spec = new SampleCampaign(replicates, rounds, new ControlsSpec(reinits, 0)).spec();
    return CampaignState.EMPTY.apply(
        new CampaignStarted(spec, new Provenance(new TreeMap<>(), new TreeMap<>()), NOW));
  }

  private static CampaignState finished(int replicates, int rounds, int reinits) {
    return started(replicates, rounds, reinits).apply(new CampaignFinished(NOW));
  }

  private static RoundRecord ok(
      int replicate, int round, Arm arm, int earlyStop, double accuracyPercent) {
    return record(replicate, round, arm, Optional.of(earlyStop), accuracyPercent);
  }

  private static RoundRecord failed(int replicate, int round, Arm arm) {
    return record(replicate, round, arm, Optional.empty(), 0);
  }

  private static RoundRecord record(
      int replicate, int round, Arm arm, Optional<Integer> earlyStop, double accuracyPercent) {
    MaskDensity density = SampleCampaign.density(round);
    boolean ok = earlyStop.isPresent();
    OptionalDouble loss = ok ? OptionalDouble.of(0.4) : OptionalDouble.empty();
    OptionalDouble accuracy = ok ? OptionalDouble.of(accuracyPercent) : OptionalDouble.empty();
    return new RoundRecord(
        "fashion-lenet",
        replicate,
        round,
        arm,
        ok ? RoundRecord.Status.OK : RoundRecord.Status.DIVERGED,
        ok ? 5000 : 0,
        density.remaining(),
        density.total(),
        density.remainingPercent(),
        earlyStop.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        loss,
        accuracy,
        accuracy,
        loss,
        accuracy,
        MASK,
        ok ? Optional.of(MASK) : Optional.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        EngineName.DL4J);
  }
}
