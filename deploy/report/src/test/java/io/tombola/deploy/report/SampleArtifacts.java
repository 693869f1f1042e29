package io.tombola.deploy.report;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import io.tombola.training.data.ImageShape;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Made-up curves, paths and masks of a campaign that measures everything. */
class SampleArtifacts implements TrialArtifacts {

  /** Points of each path. */
  static final int POINTS = 11;

  private static final Network NETWORK =
      Networks.of("dense 20, dense 10", new ImageShape(1, 5, 4), 10);

  @Override
  public Optional<LearningCurve> curve(TrialId trial) {
    return Optional.of(withMaskDistances(SampleCampaign.curve(trial)));
  }

  @Override
  public Optional<LinearPath> path(TrialId copy) {
    return Optional.of(samplePath(copy));
  }

  @Override
  public Optional<Mask> mask(ArtifactRef mask) {
    return Optional.of(sampleMask(mask));
  }

  /** The distance falls below the threshold at iteration 800 and comes back once before. */
  static LearningCurve withMaskDistances(LearningCurve curve) {
    return new LearningCurve(
        curve.points().stream()
            .map(
                p ->
                    new LearningCurve.Point(
                        p.iteration(),
                        p.trainLossNats(),
                        p.validationLossNats(),
                        p.validationAccuracyPercent(),
                        p.testLossNats(),
                        p.testAccuracyPercent(),
                        distance(p.iteration())))
            .toList());
  }

  private static OptionalDouble distance(int iteration) {
    if (iteration == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(iteration == 700 ? 0.11 : 0.35 * Math.exp(-iteration / 350.0));
  }

  /** Denser tickets have the higher barrier. */
  static LinearPath samplePath(TrialId copy) {
    double height = Math.max(0, 3.1 - 0.5 * copy.round()) + 0.1 * copy.replicate();
    List<LinearPath.Point> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      double alpha = i / (POINTS - 1.0);
      double error = 12 + 4 * height * alpha * (1 - alpha);
      points.add(new LinearPath.Point(alpha, 0.4, error, 0.4, error));
    }
    return new LinearPath(points);
  }

  /** Three of four weights of each mask are the same in all of them. */
  static Mask sampleMask(ArtifactRef ref) {
    Random random = new Random(ref.sha256().hashCode());
    return Mask.of(
        NETWORK,
        NETWORK.prunableLayers().stream()
            .map(
                layer -> {
                  BitSet bits = new BitSet();
                  for (int i = 0; i < layer.weightCount(); i++) {
                    bits.set(i, i % 4 == 0 ? random.nextBoolean() : i % 4 < 2);
                  }
                  return bits;
                })
            .toList());
  }
}
