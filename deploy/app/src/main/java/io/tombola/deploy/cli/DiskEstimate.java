package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The disk space of a campaign's artifacts, from the sizes of their encodings: weights take 4 bytes
 * a parameter, masks a bit a prunable weight, learning curves some 200 bytes a point, checkpoints
 * as much as the weights and each of the optimizer's moments.
 *
 * <p>A store keeps, for each replicate, its initial weights, the rewind point, a mask per round and
 * one for each control with its own mask, newly drawn weights, and for each trial its final weights
 * and its learning curve; equal artifacts are stored once. Headers, the journal and the broker's
 * log are not counted.
 *
 * @param keptBytes at the end
 * @param peakBytes the largest size while the campaign runs: each slot has two checkpoints for a
 *     moment, the next one and the one that it replaces
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DiskEstimate(long keptBytes, long peakBytes) {

  private static final double DIGITS = 1.2345678901234567;
  private static final long CURVE_POINT = curvePoint(OptionalDouble.empty());
  private static final long WATCHED_POINT = curvePoint(OptionalDouble.of(DIGITS));
  private static final long PATH_POINT =
      new LinearPath(List.of(new LinearPath.Point(0.1, DIGITS, DIGITS, DIGITS, DIGITS)))
          .encode()
          .length;

  /** The estimate for a campaign on {@code slots} device slots. */
  static DiskEstimate of(CampaignSpec spec, int slots) {
    Sizes sizes = new Sizes(spec, Networks.of(spec));
    long kept = sizes.mask() + spec.replicates() * sizes.replicate();
    for (TrialId trial : spec.trials()) {
      kept += sizes.trial(trial);
    }
    boolean checkpoints = spec.training().checkpointEvery() < spec.training().iterations();
    long atATime = Math.min(slots, spec.trials().size()) * (checkpoints ? 2L : 1L);
    return new DiskEstimate(kept, kept + atATime * sizes.checkpoint());
  }

  /** Such as {@code about 12 MB, at most 31 MB on the way}. */
  String toText() {
    return "about %s of results, at most %s with checkpoints"
        .formatted(text(keptBytes), text(peakBytes));
  }

  private static String text(long bytes) {
    double megabytes = bytes / 1e6;
    return megabytes < 1000
        ? String.format(Locale.ROOT, "%.1f MB", megabytes)
        : String.format(Locale.ROOT, "%.1f GB", megabytes / 1000);
  }

  private static long curvePoint(OptionalDouble maskDistance) {
    LearningCurve.Point point =
        new LearningCurve.Point(
            1000,
            OptionalDouble.of(DIGITS),
            DIGITS,
            98.7,
            OptionalDouble.of(DIGITS),
            OptionalDouble.of(98.76),
            maskDistance);
    return new LearningCurve(List.of(point)).encode().length;
  }

  /** Sizes of encodings, without headers. */
  record Sizes(CampaignSpec spec, Network network) {

    long weights() {
      return 4L * network.parameterCount();
    }

    long mask() {
      return network.prunableLayers().stream()
          .mapToLong(l -> (l.weightCount() + 63) / 64 * 8L)
          .sum();
    }

    long checkpoint() {
      int moments =
          switch (spec.training().optimizer().type()) {
            case ADAM -> 2;
            case MOMENTUM -> 1;
            case SGD -> 0;
          };
      return weights() * (1 + moments);
    }

    /** The artifacts of a replicate itself: θ0, θk with its optimizer state, masks. */
    long replicate() {
      long point = spec.rewind().toTrainedWeights() ? checkpoint() + weights() : 0;
      return weights() + point + spec.pruning().rounds() * mask();
    }

    long trial(TrialId trial) {
      if (trial.round() == 1 && trial.arm().equals(Arm.ONE_SHOT)) {
        // One-shot pruning in one step gives the ticket of that round: the same artifacts.
        return 0;
      }
      boolean watched = spec.analysis().earlyBird() && trial.arm().isTicket();
      long curve = TrainingLoad.curvePoints(spec, trial) * (watched ? WATCHED_POINT : CURVE_POINT);
      return weights() + curve + ofItsOwn(trial.arm());
    }

    /** The artifacts that only this arm has, beside those of every trial. */
    private long ofItsOwn(Arm arm) {
      return switch (arm.kind()) {
        case REINIT, SAME_SIGN -> weights();
        case RANDOM, SHUFFLED, ONE_SHOT -> mask();
        case ORDER -> spec.analysis().instability().points() * PATH_POINT;
        case TICKET, CONTINUED -> 0;
      };
    }
  }
}
