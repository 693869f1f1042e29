package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * How the learning rate changes over a training. Each schedule starts with a warm-up, over which
 * the rate rises in equal steps; {@link Settings} is its form in files and events.
 */
public sealed interface ScheduleSpec {

  /** The key of {@link Settings#milestones}. */
  String MILESTONES = "training.optimizer.schedule.milestones";

  /** The words for schedules in files and events. */
  enum Type {
    /** The full rate after the warm-up. */
    CONSTANT,
    /** The rate is multiplied by a factor at each milestone. */
    STEP,
    /** The rate falls to 0 along half a cosine. */
    COSINE
  }

  /**
   * What any schedule can be set to. A schedule ignores what it has no use for, and writes the
   * default there.
   *
   * @param milestones iterations that rise, all above 0; for {@link Type#STEP} only
   * @param factor what each milestone multiplies the rate by, above 0 and at most 1; for {@link
   *     Type#STEP} only
   * @param warmUp iterations over which the rate rises; 0 for none
   */
  record Settings(Type type, List<Integer> milestones, double factor, int warmUp) {

    /** Where the schedule has no milestones. */
    public static final double DEFAULT_FACTOR = 0.1;

    /** Checks what the schedule would ignore. */
    public Settings {
      milestones = milestones == null ? List.of() : List.copyOf(milestones);
      require(
          milestones.isEmpty() || type == Type.STEP,
          MILESTONES,
          "none without type = step",
          milestones);
      ValueRange.FACTOR.check("training.optimizer.schedule.factor", factor);
    }

    private Settings(Type type, int warmUp) {
      this(type, List.of(), DEFAULT_FACTOR, warmUp);
    }
  }

  /** The full rate throughout. */
  record Constant(int warmUp) implements ScheduleSpec {
    /** Checks the warm-up. */
    public Constant {
      checkWarmUp(warmUp);
    }

    @Override
    public double factor(int iteration, int iterations) {
      return 1;
    }

    @Override
    public Settings settings() {
      return new Settings(Type.CONSTANT, warmUp);
    }
  }

  /** A smaller rate from each milestone on. */
  record Step(List<Integer> milestones, double decay, int warmUp) implements ScheduleSpec {
    /** Checks each number and that milestones rise. */
    public Step {
      milestones = List.copyOf(milestones);
      require(
          !milestones.isEmpty(),
          MILESTONES,
          "at least one iteration, such as [8000, 16000]",
          milestones);
      for (int m = 0; m < milestones.size(); m++) {
        require(
            milestones.get(m) > (m == 0 ? 0 : milestones.get(m - 1)),
            MILESTONES,
            "iterations above 0 that rise",
            milestones);
      }
      ValueRange.FACTOR.check("training.optimizer.schedule.factor", decay);
      checkWarmUp(warmUp);
    }

    @Override
    public double factor(int iteration, int iterations) {
      int passed = 0;
      // By index: this runs at every step, and an iterator is an allocation.
      for (int m = 0; m < milestones.size(); m++) {
        passed += milestones.get(m) <= iteration ? 1 : 0;
      }
      return StrictMath.pow(decay, passed);
    }

    @Override
    public Settings settings() {
      return new Settings(Type.STEP, milestones, decay, warmUp);
    }
  }

  /**
   * From the full rate, after the warm-up, to 0 at the end of the training along half a cosine: (1
   * + cos(pi t / T)) / 2 for t of T iterations (Loshchilov and Hutter 2017, arXiv 1608.03983,
   * equation 5, without restarts).
   */
  record Cosine(int warmUp) implements ScheduleSpec {
    /** Checks the warm-up. */
    public Cosine {
      checkWarmUp(warmUp);
    }

    @Override
    public double factor(int iteration, int iterations) {
      if (iteration <= warmUp) {
        return 1;
      }
      double part = (iteration - warmUp) / (double) (iterations - warmUp);
      return (1 + StrictMath.cos(Math.PI * part)) / 2;
    }

    @Override
    public Settings settings() {
      return new Settings(Type.COSINE, warmUp);
    }
  }

  /** The full rate at every iteration. */
  static ScheduleSpec constant() {
    return new Constant(0);
  }

  /** The schedule of these settings. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ScheduleSpec of(Settings settings) {
    return switch (settings.type()) {
      case CONSTANT -> new Constant(settings.warmUp());
      case STEP -> new Step(settings.milestones(), settings.factor(), settings.warmUp());
      case COSINE -> new Cosine(settings.warmUp());
    };
  }

  /** The settings that ask for this schedule. */
  @JsonValue
  Settings settings();

  /** Iterations over which the rate rises to its full size; 0 for none. */
  int warmUp();

  /**
   * The part of the full rate that {@code iteration} (from 0) of {@code iterations} is trained with
   * after the warm-up; the warm-up is not part of it.
   */
  double factor(int iteration, int iterations);

  /** The rate of the step from {@code iteration} (from 0) to the next, of {@code iterations}. */
  default double rate(double fullRate, int iteration, int iterations) {
    double warm = iteration < warmUp() ? (iteration + 1.0) / warmUp() : 1;
    // In this order since version 0.2.0: another would round to other bytes.
    return fullRate * factor(iteration, iterations) * warm;
  }

  private static void checkWarmUp(int warmUp) {
    ValueRange.WARM_UP.check("training.optimizer.schedule.warm-up", warmUp);
  }
}
