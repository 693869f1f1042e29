package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import java.util.List;

/**
 * How the learning rate changes over a training.
 *
 * @param milestones iterations from which on the rate is scaled by {@code factor} once more,
 *     rising; for {@link Type#STEP} only
 * @param factor what each milestone multiplies the rate by, above 0 and at most 1
 * @param warmUp iterations over which the rate first rises in equal steps; 0 for none
 */
public record ScheduleSpec(Type type, List<Integer> milestones, double factor, int warmUp) {

  /** The schedules there are; each can have a warm-up. */
  public enum Type {
    /** One rate throughout. */
    CONSTANT,
    /** Smaller from each milestone on. */
    STEP
  }

  /** One rate from the first iteration to the last. */
  public static final ScheduleSpec CONSTANT = new ScheduleSpec(Type.CONSTANT, List.of(), 0.1, 0);

  /** Checks that milestones rise. */
  public ScheduleSpec {
    milestones = milestones == null ? List.of() : List.copyOf(milestones);
    boolean step = type == Type.STEP;
    require(
        step != milestones.isEmpty(),
        "training.optimizer.schedule.milestones",
        step ? "at least one iteration, such as [8000, 16000]" : "none without type = step",
        milestones);
    for (int i = 0; i < milestones.size(); i++) {
      require(
          milestones.get(i) > (i == 0 ? 0 : milestones.get(i - 1)),
          "training.optimizer.schedule.milestones",
          "iterations above 0 that rise",
          milestones);
    }
    require(
        factor > 0 && factor <= 1,
        "training.optimizer.schedule.factor",
        "a number above 0, at most 1",
        factor);
    require(warmUp >= 0, "training.optimizer.schedule.warm-up", "0 or more iterations", warmUp);
  }
}
