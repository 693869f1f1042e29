package io.tombola.deploy.report.claims;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Hand-made results; each round keeps 80 % of what was left. */
final class Results {

  /** Iterations of every training. */
  static final int ITERATIONS = 5_000;

  private static final ArtifactRef MASK = new ArtifactRef("0".repeat(64));

  private final CampaignSpec spec;
  private final List<RoundRecord> records = new ArrayList<>();

  /** Results of a quickstart campaign with these settings changed. */
  Results(String... settings) {
    List<String> all = new ArrayList<>(List.of("pruning.rounds=20", "replicates=2"));
    all.addAll(Arrays.asList(settings));
    spec = ConfigLoader.load(Optional.empty(), all).campaign();
  }

  Results add(int replicate, int round, Arm arm, int earlyStop, double accuracyPercent) {
    records.add(
        record(
            replicate,
            round,
            arm,
            Optional.of(earlyStop),
            OptionalDouble.of(accuracyPercent),
            OptionalDouble.empty()));
    return this;
  }

  Results ticket(int replicate, int round, int earlyStop, double accuracyPercent) {
    return add(replicate, round, Arm.TICKET, earlyStop, accuracyPercent);
  }

  Results failed(int replicate, int round, Arm arm) {
    records.add(
        record(
            replicate,
            round,
            arm,
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty()));
    return this;
  }

  Results barrier(int replicate, int round, int copy, double points) {
    records.add(
        record(
            replicate,
            round,
            new Arm(Arm.Kind.ORDER, copy),
            Optional.of(100),
            OptionalDouble.of(97),
            OptionalDouble.of(points)));
    return this;
  }

  List<RoundRecord> records() {
    return List.copyOf(records);
  }

  List<ClaimScore> scores() {
    return Claims.score(spec, records);
  }

  ClaimScore score(String id) {
    return scores().stream()
        .filter(score -> score.claim().id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no claim " + id));
  }

  private RoundRecord record(
      int replicate,
      int round,
      Arm arm,
      Optional<Integer> earlyStop,
      OptionalDouble accuracy,
      OptionalDouble barrier) {
    boolean ok = earlyStop.isPresent();
    double percent = 100 * Math.pow(0.8, round);
    return new RoundRecord(
        spec.name(),
        replicate,
        round,
        arm,
        ok ? RoundRecord.Status.OK : RoundRecord.Status.DIVERGED,
        ok ? ITERATIONS : 0,
        Math.round(1000 * percent),
        100_000,
        percent,
        earlyStop.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        ok ? OptionalDouble.of(0.1) : OptionalDouble.empty(),
        accuracy,
        accuracy,
        ok ? OptionalDouble.of(0.2) : OptionalDouble.empty(),
        accuracy,
        MASK,
        ok ? Optional.of(MASK) : Optional.empty(),
        barrier,
        OptionalInt.empty(),
        Optional.empty(),
        EngineName.DL4J);
  }
}
