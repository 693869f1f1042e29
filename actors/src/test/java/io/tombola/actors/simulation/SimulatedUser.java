package io.tombola.actors.simulation;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user of a simulated campaign, who pauses, resumes and cancels it at any step; a bounded
 * number of times, so that the campaign can finish.
 */
final class SimulatedUser {

  /**
   * A command to a process.
   *
   * @param step after how many steps
   */
  record TimedCommand(ControlCommand command, int step) {}

  private static final int FIRST_STEPS = 100;
  private static final int MAX_COMMANDS_PER_RUN = 6;

  private final Optional<RandomStream> random;
  private int remaining;
  private int cancels;

  private SimulatedUser(Optional<RandomStream> random, int max) {
    this.random = random;
    this.remaining = max;
  }

  /** A user who only waits for the end. */
  static SimulatedUser passive() {
    return new SimulatedUser(Optional.empty(), 0);
  }

  /** A user whose commands are drawn from {@code random}. */
  static SimulatedUser random(RandomStream random) {
    return new SimulatedUser(Optional.of(random), 3 + random.nextInt(12));
  }

  /** Drawn at the start of a process that takes about {@code steps} steps. */
  List<TimedCommand> commands(int steps) {
    if (random.isEmpty()) {
      return List.of();
    }
    RandomStream draw = random.get();
    List<TimedCommand> commands = new ArrayList<>();
    for (int drawn = Math.min(remaining, draw.nextInt(MAX_COMMANDS_PER_RUN)); drawn > 0; drawn--) {
      int first = 1 + draw.nextInt(draw.nextInt(3) == 0 ? FIRST_STEPS : steps);
      commands.add(new TimedCommand(command(draw), first));
      // So soon that the first is still being carried out.
      commands.add(new TimedCommand(command(draw), first + draw.nextInt(20)));
      remaining--;
    }
    return commands;
  }

  private static ControlCommand command(RandomStream draw) {
    return switch (draw.nextInt(8)) {
      case 0 -> ControlCommand.CANCEL;
      case 1, 2, 3 -> ControlCommand.RESUME;
      default -> ControlCommand.PAUSE;
    };
  }

  /** Records a command of the user. */
  void issued(ControlCommand command) {
    cancels += command == ControlCommand.CANCEL ? 1 : 0;
  }

  /** Whether the user has ever cancelled the campaign. */
  boolean cancelled() {
    return cancels > 0;
  }

  /** The command to a campaign in which no task and no timer is remaining. */
  Optional<ControlCommand> whenIdle(Optional<ControlState> hold) {
    return hold.filter(ControlState.PAUSED::equals).map(paused -> ControlCommand.RESUME);
  }
}
