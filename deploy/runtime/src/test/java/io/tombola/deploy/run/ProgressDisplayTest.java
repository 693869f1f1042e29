package io.tombola.deploy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.progress.Progress;
import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.text.DurationText;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ProgressDisplayTest {

  private static final CampaignSpec CAMPAIGN =
      ConfigLoader.load(
              Optional.empty(),
              List.of(
                  "name=shown",
                  "replicates=1",
                  "pruning.rounds=1",
                  "controls.reinit=0",
                  "training.iterations=1000"))
          .campaign();
  private static final TrialId DENSE = new TrialId("shown", 1, 0, Arm.TICKET);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final StringWriter text = new StringWriter();
  private CampaignEta eta;

  @Test
  void printsALineForEachTrialWithoutATerminal() {
    try (ProgressDisplay display = display(false, List.of())) {
      show(display, new Progress.TrainingBegan(DENSE, "cpu:0", 0, 1000));
      after(Duration.ofSeconds(5));
      show(display, new Progress.TrainingAdvanced(DENSE, "cpu:0", 500, 1000, 0.4, 85));
      assertEquals("", text.toString());
      after(Duration.ofSeconds(5));
      show(display, new Progress.TrainingAdvanced(DENSE, "cpu:0", 1000, 1000, 0.3, 88));
      show(display, new Progress.TrainingLeft(DENSE, "cpu:0"));
      show(display, new Progress.TrialEnded(result(DENSE)));
    }
    assertEquals(
        "shown/1/0/ticket               Pm 100.00 %  early stop at    900  test accuracy 87.50 %"
            + "  (1 of 2, ETA 10 s)\n",
        text.toString());
    assertEquals(Optional.of(DENSE.toString()), TrialLine.trialOf(text.toString()));
  }

  @Test
  void aPauseShowsHowToResumeAndDoesNotCountForTheEta() {
    try (ProgressDisplay display = display(false, List.of())) {
      show(display, new Progress.TrainingBegan(DENSE, "cpu:0", 0, 1000));
      after(Duration.ofSeconds(5));
      show(display, new Progress.TrainingAdvanced(DENSE, "cpu:0", 500, 1000, 0.4, 85));
      show(display, new Progress.CampaignPaused("shown"));
      after(Duration.ofHours(5));
      show(display, new Progress.CampaignResumed("shown"));
      after(Duration.ofSeconds(5));
      show(display, new Progress.TrainingAdvanced(DENSE, "cpu:0", 1000, 1000, 0.3, 88));
      show(display, new Progress.TrialEnded(result(DENSE)));
    }
    assertEquals(
        """
        paused; resume with 'tombola resume shown'
        resumed
        shown/1/0/ticket               Pm 100.00 %  early stop at    900  test accuracy 87.50 %\
          (1 of 2, ETA 10 s)
        """,
        text.toString());
    assertEquals(
        List.of(DENSE.toString()),
        text.toString().lines().flatMap(line -> TrialLine.trialOf(line).stream()).toList());
  }

  @Test
  void redrawsDevicesAndTheBarOnATerminalAndKeepsOnlyTheTrials() {
    try (ProgressDisplay display = display(true, List.of())) {
      show(display, new Progress.TrainingBegan(DENSE, "cpu:0", 0, 1000));
      after(Duration.ofSeconds(5));
      show(display, new Progress.TrainingAdvanced(DENSE, "cpu:0", 500, 1000, 0.4, 85));
      assertTrue(text.toString().contains("cpu:0  [######......]"), text.toString());
      assertTrue(text.toString().contains("cpu:1  idle"), text.toString());
      assertTrue(text.toString().contains(" 25 %  0 of 2 trials, ETA 15 s"), text.toString());
      show(display, new Progress.TrialEnded(result(DENSE)));
    }
    assertEquals(
        "shown/1/0/ticket               Pm 100.00 %  early stop at    900  test accuracy 87.50 %"
            + "  (1 of 2)\n",
        screen(text.toString()));
  }

  @Test
  void countsEarlierResultsAsProgressButNotForTheEta() {
    CampaignEta eta = new CampaignEta(CAMPAIGN, List.of(result(DENSE)), List.of("cpu:0"));
    assertEquals(0.5, eta.fraction());
    assertFalse(eta.remaining(Duration.ofSeconds(3)).isPresent(), "no speed yet");
    TrialId next = new TrialId("shown", 1, 1, Arm.TICKET);
    eta.on(new Progress.TrainingBegan(next, "cpu:0", 600, 1000));
    eta.on(new Progress.TrainingAdvanced(next, "cpu:0", 800, 1000, 0.4, 85));
    assertEquals(0.9, eta.fraction());
    assertEquals(Optional.of(Duration.ofSeconds(4)), eta.remaining(Duration.ofSeconds(4)));
  }

  @Test
  void weightsRoundsByTheirCost() {
    CampaignSpec campaign = halves("auto");
    CampaignEta eta = new CampaignEta(campaign, List.of(), List.of("cpu:0"));
    trained(eta, 0);
    // DL4J at 45 % of the sparse engine's dense step, then 25 %, 12.5 %, 6.25 %, each with 3 %
    // more.
    assertSeconds(100 * (48 + 28 + 15.5 + 9.25) / 48, eta, 100);
    trained(eta, 1);
    trained(eta, 2);
    trained(eta, 3);
    assertSeconds(100 * 9.25 / (48 + 48 + 28 + 15.5), eta, 100);
    CampaignEta flat = new CampaignEta(halves("dl4j"), List.of(), List.of("cpu:0"));
    trained(flat, 0);
    assertSeconds(400, flat, 100);
  }

  /** Five rounds, each with half the weights of the one before. */
  private static CampaignSpec halves(String engine) {
    return ConfigLoader.load(
            Optional.empty(),
            List.of(
                "name=shown",
                "replicates=1",
                "pruning.rounds=4",
                "pruning.rates.dense=0.5",
                "pruning.rates.output=0.5",
                "controls.reinit=0",
                "training.iterations=1000",
                "training.engine=" + engine))
        .campaign();
  }

  private static void trained(CampaignEta eta, int round) {
    TrialId trial = new TrialId("shown", 1, round, Arm.TICKET);
    eta.on(new Progress.TrainingBegan(trial, "cpu:0", 0, 1000));
    eta.on(new Progress.TrainingAdvanced(trial, "cpu:0", 1000, 1000, 0.3, 88));
    eta.on(new Progress.TrialEnded(result(trial)));
  }

  private static void assertSeconds(double expected, CampaignEta eta, long elapsed) {
    Duration left = eta.remaining(Duration.ofSeconds(elapsed)).orElseThrow();
    assertEquals(expected, left.toMillis() / 1e3, 0.1);
  }

  @Test
  void formatsDurations() {
    assertEquals("59 s", DurationText.text(Duration.ofSeconds(59)));
    assertEquals("3 min 05 s", DurationText.text(Duration.ofSeconds(185)));
    assertEquals("2 h 10 min", DurationText.text(Duration.ofMinutes(130)));
    assertEquals("3 d 4 h", DurationText.text(Duration.ofHours(76)));
  }

  private void show(ProgressDisplay display, Progress progress) {
    eta.on(progress);
    display.on(progress);
  }

  private ProgressDisplay display(boolean live, List<RoundRecord> done) {
    eta = new CampaignEta(CAMPAIGN, done, List.of("cpu:0", "cpu:1"));
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now.get();
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    return new ProgressDisplay(new PrintWriter(text), live, eta, clock);
  }

  private void after(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** The final content of a terminal, for the two cursor movements that the display uses. */
  private static String screen(String output) {
    StringBuilder lines = new StringBuilder();
    for (String part : output.split("(?<=\n)|(?=\u001b\\[1A)", -1)) {
      if (part.startsWith("\u001b[1A\r\u001b[2K")) {
        lines.setLength(lines.lastIndexOf("\n", lines.length() - 2) + 1);
        part = part.substring("\u001b[1A\r\u001b[2K".length());
      }
      lines.append(part);
    }
    return lines.toString();
  }

  private static RoundRecord result(TrialId trial) {
    return new RoundRecord(
        trial.campaign(),
        trial.replicate(),
        trial.round(),
        trial.arm(),
        RoundRecord.Status.OK,
        1000,
        266_200,
        266_200,
        100.0,
        OptionalInt.of(900),
        OptionalDouble.of(0.31),
        OptionalDouble.of(88.0),
        OptionalDouble.of(87.5),
        OptionalDouble.of(0.32),
        OptionalDouble.of(87.4),
        new ArtifactRef("0".repeat(64)),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        EngineName.DL4J);
  }
}
