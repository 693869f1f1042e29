package io.tombola.actors.publish.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.ProgressRecord;
import io.tombola.protocol.record.ProgressRecord.Kind;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgressRecordMapperTest {

  private static final TrialId TRIAL = new TrialId("news", 2, 1, Arm.reinit(1));
  private static final TrialId OTHER = new TrialId("news", 1, 1, Arm.TICKET);
  private static final TrialFailure FAILURE =
      new TrialFailure(TrialFailure.Kind.OUT_OF_MEMORY, "no memory");

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final InstantSource time = () -> now;
  private final ProgressRecordMapper mapper =
      new ProgressRecordMapper("news", time.withZone(ZoneOffset.UTC));

  @Test
  void tellsOfATrainingOnceASecond() {
    assertEquals(1, records(TRIAL));
    assertEquals(1, records(OTHER));
    assertEquals(0, records(TRIAL));
    now = now.plusMillis(999);
    assertEquals(0, records(TRIAL));
    now = now.plusMillis(1);
    assertEquals(1, records(TRIAL));
    assertEquals(0, records(TRIAL));
  }

  @Test
  void tellsOfATrainingThatIsTakenUpAgainAtOnce() {
    assertEquals(1, records(TRIAL));
    assertEquals(Kind.TRAINING_LEFT, of(new Progress.TrainingLeft(TRIAL, "cpu:0")).kind());
    assertEquals(1, records(TRIAL));
  }

  @Test
  void saysHowFarATrainingIs() {
    ProgressRecord record =
        of(new Progress.TrainingAdvanced(TRIAL, "cpu:0", 500, 4000, Double.NaN, 85.25));
    assertEquals("news/2", record.subject().key());
    assertEquals(Optional.of(Arm.reinit(1)), record.subject().arm());
    assertEquals(Optional.of("cpu:0"), record.device());
    assertEquals(OptionalInt.of(500), record.reached().iteration());
    assertEquals(OptionalDouble.empty(), record.reached().validationLossNats());
    assertEquals(OptionalDouble.of(85.25), record.reached().validationAccuracyPercent());
    assertEquals(now, record.at());
  }

  @Test
  void saysWhatFailedAndWhatIsDoneAboutIt() {
    ProgressRecord retry =
        of(
            new Progress.Retrying(
                new ReplicateId("news", 2), "Prune[round=1]", FAILURE, Duration.ofSeconds(2)));
    assertEquals("news/2", retry.subject().key());
    assertEquals(
        Optional.of("Prune[round=1] failed (no memory); trying again in 2 s"), retry.message());

    ProgressRecord unfit = of(new Progress.DeviceUnfit("cpu:0", FAILURE, Duration.ofSeconds(10)));
    assertEquals("news", unfit.subject().key());
    assertEquals(Optional.of("not fit yet (no memory); probing it again in 10 s"), unfit.message());

    ProgressRecord end = of(new Progress.TrainerEnded("cpu:1", "was killed"));
    assertEquals(Optional.of("the trainer of cpu:1 was killed"), end.message());
  }

  @Test
  void saysNothingOfTrialsThatWait() {
    assertEquals(Optional.empty(), mapper.of(new Progress.TrialsWaiting(3)));
  }

  @Test
  void saysWhatAMaskKeeps() {
    MaskDensity density = new MaskDensity(List.of(new MaskDensity.Layer("dense-1", 80, 100)));
    ProgressRecord pruned = of(new Progress.Pruned(new ReplicateId("news", 2), 1, density));
    assertEquals(OptionalInt.of(1), pruned.subject().round());
    assertEquals(OptionalDouble.of(80), pruned.reached().remainingPercent());
  }

  private int records(TrialId trial) {
    return mapper.of(new Progress.TrainingAdvanced(trial, "cpu:0", 1, 2, 0.5, 80)).stream()
        .mapToInt(record -> 1)
        .sum();
  }

  private ProgressRecord of(Progress news) {
    return mapper.of(news).orElseThrow();
  }
}
