package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateCompleted;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.training.LearningCurve;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A made-up LeNet campaign whose curves look like real ones, built by replaying its events. */
final class SampleCampaign {

  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
  private static final List<MaskDensity.Layer> LENET =
      List.of(
          new MaskDensity.Layer("dense-1", 235_200, 235_200),
          new MaskDensity.Layer("dense-2", 30_000, 30_000),
          new MaskDensity.Layer("output", 1_000, 1_000));

  private final CampaignSpec spec;
  private final TrialArtifacts artifacts;

  SampleCampaign(int replicates, int rounds, ControlsSpec controls) {
    this(spec(replicates, rounds, controls), trial -> Optional.of(curve(trial)));
  }

  private SampleCampaign(CampaignSpec spec, TrialArtifacts artifacts) {
    this.spec = spec;
    this.artifacts = artifacts;
  }

  /** Every arm and analysis there is, in 3 replicates of 8 rounds. */
  static SampleCampaign everything() {
    CampaignSpec plain = spec(3, 8, new ControlsSpec(2, 1, 1, 1, true));
    AnalysisSpec analysis =
        new AnalysisSpec(
            new AnalysisSpec.Instability(2, List.of(0, 2, 5, 8), SampleArtifacts.POINTS), true);
    return new SampleCampaign(
        new CampaignSpec(
            plain.name(),
            plain.seed(),
            plain.replicates(),
            plain.dataset(),
            plain.network(),
            plain.training(),
            plain.pruning(),
            new RewindSpec(RewindSpec.Mode.CONTINUED, 0, RewindSpec.OptimizerHandling.FRESH),
            plain.controls(),
            analysis),
        new SampleArtifacts());
  }

  private static CampaignSpec spec(int replicates, int rounds, ControlsSpec controls) {
    return new CampaignSpec(
        "fashion-lenet",
        42,
        replicates,
        new DatasetSpec("fashion-mnist", Optional.empty()),
        "lenet-300-100",
        new TrainingSpec(5_000, 60, new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3), 100, 1_000),
        new PruningSpec(
            PruningSpec.Schedule.ITERATIVE,
            rounds,
            new PruningSpec.Rates(0.2, 0.1),
            PruningSpec.Scope.LAYER,
            PruningSpec.Criterion.MAGNITUDE),
        RewindSpec.TO_INITIALISATION,
        controls);
  }

  CampaignSpec spec() {
    return spec;
  }

  ReportData finished() {
    CampaignState campaign = started();
    for (int replicate = 1; replicate <= spec.replicates(); replicate++) {
      campaign = campaign.apply(new ReplicateCompleted(replicate, START.plusSeconds(170)));
    }
    return data(
        campaign.apply(new CampaignFinished(START.plusSeconds(171))), spec.pruning().rounds());
  }

  /** As far as {@code rounds}; the first control of the last of them diverged. */
  ReportData partial(int rounds) {
    return data(started(), rounds);
  }

  private ReportData data(CampaignState campaign, int rounds) {
    boolean partial = campaign.finishedAt().isEmpty();
    return new ReportData(
        campaign,
        IntStream.rangeClosed(1, spec.replicates())
            .mapToObj(replicate -> replicate(replicate, rounds, partial))
            .toList(),
        artifacts,
        """
        campaign {
          name = fashion-lenet
          seed = 42
          replicates = %d
          network = lenet-300-100 # <the paper's>
          pruning { rounds = %d, rates { dense = 0.2, output = 0.1 } }
        }
        """
            .formatted(spec.replicates(), spec.pruning().rounds()),
        "deploy/bin/tombola run fashion-lenet.conf");
  }

  private CampaignState started() {
    Provenance first = provenance("worker-a");
    return CampaignState.EMPTY
        .apply(new CampaignStarted(spec, first, START))
        .apply(new CampaignRestarted(provenance("worker-b"), START.plusSeconds(60)));
  }

  private static Provenance provenance(String host) {
    return new Provenance(
        new TreeMap<>(
            Map.of(
                "backend", "nd4j-native 1.0.0-M2.1 linux-x86_64-avx512",
                "data.sha256", hash("data").sha256(),
                "threads", "1")),
        new TreeMap<>(Map.of("host", host, "java", "17.0.12", "git.commit", "0123abc")));
  }

  private ReplicateState replicate(int replicate, int rounds, boolean lastDiverges) {
    ReplicateState state =
        ReplicateState.EMPTY
            .apply(new ReplicateStarted(spec, replicate, START))
            .apply(
                new WeightsInitialized(
                    hash("initial " + replicate), hash("ones"), new MaskDensity(LENET), START));
    for (int round = 0; round <= rounds; round++) {
      MaskDensity density = density(round);
      ArtifactRef mask = hash("mask " + replicate + " " + round);
      if (round > 0) {
        state = state.apply(new MaskPruned(round, mask, density, START));
      }
      for (Arm arm : spec.arms(round)) {
        state =
            state.apply(
                new TrialPrepared(
                    round,
                    arm,
                    new TrialStart(
                        hash("start " + arm),
                        arm.equals(Arm.ONE_SHOT) ? hash("one-shot " + mask.sha256()) : mask),
                    density,
                    EngineName.DL4J,
                    START));
        if (lastDiverges && round == rounds && arm.equals(Arm.reinit(1))) {
          TrialFailure failure =
              new TrialFailure(TrialFailure.Kind.DIVERGED, "loss is NaN at iteration 1,234 <b>");
          state = state.apply(new TrialFailed(round, arm, failure, START));
        } else {
          state = train(state, new TrialId(spec.name(), replicate, round, arm));
        }
      }
    }
    return state;
  }

  private ReplicateState train(ReplicateState state, TrialId trial) {
    List<LearningCurve.Point> curve = curve(trial).points();
    LearningCurve.Point best =
        curve.stream()
            .min(Comparator.comparingDouble(LearningCurve.Point::validationLossNats))
            .orElseThrow();
    LearningCurve.Point last = curve.get(curve.size() - 1);
    TrainedTrial trained =
        new TrainedTrial(5_000, hash("final " + trial), hash("curve " + trial), "cpu:0", 9_000);
    TrialMetrics metrics =
        new TrialMetrics(
            best.iteration(),
            best.validationLossNats(),
            best.validationAccuracyPercent(),
            best.testAccuracyPercent().orElseThrow(),
            last.validationLossNats(),
            last.testAccuracyPercent().orElseThrow(),
            trial.arm().kind() == Arm.Kind.ORDER
                ? OptionalDouble.of(SampleArtifacts.samplePath(trial).barrierPercent())
                : OptionalDouble.empty());
    return state
        .apply(new TrialTrained(trial.round(), trial.arm(), trained, START))
        .apply(new TrialEvaluated(trial.round(), trial.arm(), metrics, START));
  }

  static MaskDensity density(int round) {
    List<MaskDensity.Layer> layers = LENET;
    for (int i = 0; i < round; i++) {
      layers = layers.stream().map(SampleCampaign::pruned).toList();
    }
    return new MaskDensity(layers);
  }

  private static MaskDensity.Layer pruned(MaskDensity.Layer layer) {
    double rate = layer.name().equals("output") ? 0.1 : 0.2;
    long removed = (long) Math.rint(rate * layer.remaining());
    return new MaskDensity.Layer(layer.name(), layer.remaining() - removed, layer.total());
  }

  /** Falls fast, then overfits; tickets sooner and better down to a fifth of the weights. */
  static LearningCurve curve(TrialId trial) {
    Random noise = new Random(trial.toString().hashCode());
    double sparse = -Math.log(density(trial.round()).remainingPercent() / 100);
    Arm.Kind kind = trial.arm().kind();
    boolean ticket = kind == Arm.Kind.TICKET || kind == Arm.Kind.ORDER;
    double speed = ticket ? 1 + 0.35 * sparse - 0.11 * sparse * sparse : 1 - 0.16 * sparse;
    double gain = ticket ? 0.9 * sparse - 0.33 * sparse * sparse : -0.55 * sparse;
    gain -= handicap(kind) * Math.min(1, sparse);
    double offset = 0.25 * noise.nextGaussian();
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int iteration = 0; iteration <= 5_000; iteration += 100) {
      double t = iteration / 1_000.0 * Math.max(0.3, speed);
      double loss = 0.31 - 0.01 * gain + 1.9 * Math.exp(-6 * t) + 0.25 * Math.exp(-1.3 * t);
      loss += 0.008 * t * t / 4 + 0.003 * noise.nextGaussian();
      double accuracy = 88 + gain + offset - 72 * Math.exp(-7 * t) - 6 * Math.exp(-1.1 * t);
      accuracy = Math.round(100 * (accuracy + 0.15 * noise.nextGaussian())) / 100.0;
      points.add(
          new LearningCurve.Point(
              iteration, OptionalDouble.empty(), loss, accuracy, loss * 1.02, accuracy));
    }
    return new LearningCurve(points);
  }

  private static double handicap(Arm.Kind kind) {
    return switch (kind) {
      case TICKET, ORDER, REINIT -> 0;
      case ONE_SHOT -> -0.8;
      case CONTINUED -> -0.5;
      case RANDOM -> 0.4;
      case SHUFFLED -> 0.1;
      case SAME_SIGN -> -0.3;
    };
  }

  private static ArtifactRef hash(String text) {
    return ArtifactRef.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
