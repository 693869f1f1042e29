package io.tombola.actors.simulation;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user of a simulated campaign, who has it wait, go on and end, at any moment; a bounded number
 * of times, so that it comes to its end.
 */
final class User {

  /**
   * What the user wants of a process.
   *
   * @param step after how many turns
   */
  record Wish(ControlCommand order, int step) {}

  private static final int FIRST_STEPS = 100;
  private static final int MOST_A_RUN = 6;

  private final Optional<RandomStream> random;
  private int left;
  private int cancels;

  private User(Optional<RandomStream> random, int most) {
    this.random = random;
    this.left = most;
  }

  /** One who only waits for the end. */
  static User patient() {
    return new User(Optional.empty(), 0);
  }

  /** One whose wishes are drawn. */
  static User whoKnowsNotWhat(RandomStream random) {
    return new User(Optional.of(random), 3 + random.nextInt(12));
  }

  /** Drawn at the beginning of a process, for one that takes about {@code steps} turns. */
  List<Wish> wishes(int steps) {
    if (random.isEmpty()) {
      return List.of();
    }
    RandomStream draw = random.get();
    List<Wish> wishes = new ArrayList<>();
    for (int wish = Math.min(left, draw.nextInt(MOST_A_RUN)); wish > 0; wish--) {
      int first = 1 + draw.nextInt(draw.nextInt(3) == 0 ? FIRST_STEPS : steps);
      wishes.add(new Wish(order(draw), first));
      // One that follows so soon that the first is still being followed.
      wishes.add(new Wish(order(draw), first + draw.nextInt(20)));
      left--;
    }
    return wishes;
  }

  private static ControlCommand order(RandomStream draw) {
    return switch (draw.nextInt(8)) {
      case 0 -> ControlCommand.CANCEL;
      case 1, 2, 3 -> ControlCommand.RESUME;
      default -> ControlCommand.PAUSE;
    };
  }

  /** Notes what the user orders. */
  void orders(ControlCommand order) {
    cancels += order == ControlCommand.CANCEL ? 1 : 0;
  }

  /** Whether the user ever wanted the campaign to end. */
  boolean cancelled() {
    return cancels > 0;
  }

  /** What the user wants of a campaign that waits, for good. */
  Optional<ControlCommand> whenNothingHappens(Optional<ControlState> hold) {
    return hold.filter(ControlState.PAUSED::equals).map(paused -> ControlCommand.RESUME);
  }
}
