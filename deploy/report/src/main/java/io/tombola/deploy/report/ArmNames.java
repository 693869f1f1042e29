package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.PruningSpec.Schedule;

/** What arms are called in figures and tables. */
public final class ArmNames {

  private ArmNames() {}

  /** {@code schedule} is that of the campaign's tickets. */
  public static String of(Arm.Kind kind, Schedule schedule) {
    return switch (kind) {
      case TICKET -> schedule == Schedule.ITERATIVE ? "ticket (iterative)" : "ticket (one-shot)";
      case REINIT -> "reinit";
      case RANDOM -> "random mask";
      case SHUFFLED -> "layer-shuffled mask";
      case SAME_SIGN -> "same-sign reinit";
      case ONE_SHOT -> "one-shot";
      case CONTINUED -> "continued training";
      case ORDER -> "other data order";
    };
  }
}
