package io.tombola.protocol.record;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.CampaignRecord.Counts;
import io.tombola.protocol.record.CampaignRecord.State;
import io.tombola.protocol.record.CampaignRecord.Times;
import io.tombola.protocol.record.ProgressRecord.Kind;
import io.tombola.protocol.record.ProgressRecord.Reached;
import io.tombola.protocol.record.ProgressRecord.Subject;
import io.tombola.protocol.record.RoundRecord.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** One record of each shape that is published; the golden records are these. */
final class RecordSamples {

  private static final ArtifactRef MASK = new ArtifactRef("0123456789abcdef".repeat(4));
  private static final ArtifactRef WEIGHTS = new ArtifactRef("fedcba9876543210".repeat(4));
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final TrialId TRIAL = new TrialId("quickstart", 2, 1, Arm.reinit(1));
  private static final double PM = 100.0 * 213_060 / 266_200;

  static final RoundRecord DENSE =
      new RoundRecord(
          "quickstart",
          1,
          0,
          Arm.TICKET,
          Status.OK,
          4000,
          266_200,
          266_200,
          100.0,
          OptionalInt.of(2400),
          OptionalDouble.of(0.31),
          OptionalDouble.of(88.5),
          OptionalDouble.of(87.75),
          OptionalDouble.of(0.42),
          OptionalDouble.of(87.5),
          MASK,
          Optional.of(WEIGHTS),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          EngineName.DL4J);

  private static final RoundRecord DIVERGED =
      new RoundRecord(
          "quickstart",
          2,
          1,
          Arm.reinit(1),
          Status.DIVERGED,
          0,
          213_060,
          266_200,
          PM,
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          MASK,
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalInt.of(120),
          Optional.of("dense-1"),
          EngineName.SPARSE);

  private static final RoundRecord NO_NUMBER =
      new RoundRecord(
          "quickstart",
          2,
          1,
          Arm.random(3),
          Status.OK,
          4000,
          213_060,
          266_200,
          PM,
          OptionalInt.of(0),
          OptionalDouble.of(2.3),
          OptionalDouble.of(10),
          OptionalDouble.of(10),
          OptionalDouble.of(Double.NaN),
          OptionalDouble.of(10),
          MASK,
          Optional.of(WEIGHTS),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          EngineName.DL4J);

  private static final RoundRecord COPY =
      new RoundRecord(
          "quickstart",
          1,
          2,
          Arm.parse("order-1"),
          Status.OK,
          4000,
          170_400,
          266_200,
          100.0 * 170_400 / 266_200,
          OptionalInt.of(1200),
          OptionalDouble.of(0.33),
          OptionalDouble.of(88),
          OptionalDouble.of(87.25),
          OptionalDouble.of(0.4),
          OptionalDouble.of(87),
          MASK,
          Optional.of(WEIGHTS),
          OptionalDouble.of(0.75),
          OptionalInt.empty(),
          Optional.empty(),
          EngineName.SPARSE);

  static final CampaignRecord REPLICATE =
      new CampaignRecord(
          "quickstart",
          OptionalInt.of(1),
          State.TRAINING,
          new Counts(2, 8, 3, 15, 1),
          OptionalDouble.of(PM),
          OptionalDouble.of(87.5),
          OptionalDouble.of(87.75),
          new Times(Optional.of(AT), AT.plusSeconds(60), Optional.empty()),
          Optional.empty());

  private static final CampaignRecord WAITING =
      new CampaignRecord(
          "quickstart",
          OptionalInt.of(2),
          State.WAITING,
          new Counts(0, 8, 0, 15, 0),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          new Times(Optional.empty(), AT, Optional.empty()),
          Optional.empty());

  private static final CampaignRecord PAUSED =
      new CampaignRecord(
          "quickstart",
          OptionalInt.empty(),
          State.PAUSED,
          new Counts(0, 8, 3, 30, 1),
          OptionalDouble.of(PM),
          OptionalDouble.empty(),
          OptionalDouble.of(87.75),
          new Times(Optional.of(AT), AT.plusSeconds(70), Optional.empty()),
          Optional.empty());

  private static final CampaignRecord CANCELLED =
      new CampaignRecord(
          "quickstart",
          OptionalInt.empty(),
          State.CANCELLED,
          new Counts(0, 8, 3, 30, 1),
          OptionalDouble.of(PM),
          OptionalDouble.empty(),
          OptionalDouble.of(87.75),
          new Times(Optional.of(AT), AT.plusSeconds(80), Optional.empty()),
          Optional.empty());

  private static final CampaignRecord FAILED =
      new CampaignRecord(
          "quickstart",
          OptionalInt.empty(),
          State.FAILED,
          new Counts(0, 8, 15, 30, 1),
          OptionalDouble.of(PM),
          OptionalDouble.empty(),
          OptionalDouble.of(87.75),
          new Times(Optional.of(AT), AT.plusSeconds(90), Optional.of(AT.plusSeconds(90))),
          Optional.of("replicate 2: cpu:1 is gone"));

  static final ProgressRecord ADVANCED =
      ProgressRecord.of(Kind.TRAINING_ADVANCED, Subject.of(TRIAL), AT)
          .on("cpu:0")
          .reaching(Reached.iteration(500, 4000).measured(0.4, 85.25));

  private static final ProgressRecord NO_LOSS =
      ADVANCED.reaching(Reached.iteration(600, 4000).measured(Double.NaN, 10));

  private static final ProgressRecord PRUNED =
      ProgressRecord.of(Kind.MASK_PRUNED, Subject.of(new ReplicateId("quickstart", 2), 1), AT)
          .reaching(Reached.NOTHING.remaining(PM));

  private static final ProgressRecord RETRYING =
      ProgressRecord.of(Kind.RETRYING, Subject.of(new ReplicateId("quickstart", 2)), AT)
          .saying("Prune[round=1] failed (no space); trying again in 2 s");

  private static final ProgressRecord TRAINER_ENDED =
      ProgressRecord.of(Kind.TRAINER_ENDED, Subject.of("quickstart"), AT)
          .on("cpu:0")
          .saying("was killed");

  /** By the name of their schema. */
  static final Map<String, List<?>> ALL =
      Map.of(
          "round",
          List.of(DENSE, DIVERGED, NO_NUMBER, COPY),
          "campaign",
          List.of(REPLICATE, WAITING, PAUSED, CANCELLED, FAILED),
          "progress",
          List.of(ADVANCED, NO_LOSS, PRUNED, RETRYING, TRAINER_ENDED));

  private RecordSamples() {}
}
