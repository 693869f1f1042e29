package io.tombola.deploy.torture;

import io.tombola.deploy.torture.ProcessScenario.ChildKill;
import io.tombola.storage.Failpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The faults of a torture, one process after another; a function of the generator it is given. */
final class FaultPlan {

  private enum Kind {
    KILL,
    CRASH,
    TERMINATE,
    RECOVERY
  }

  private static final int DEEPEST_RECOVERY = 5;
  private static final double BYSTANDER_SHARE = 0.4;
  private static final int MOST_CHILDREN = 64;

  // Dealt out evenly, so that a short torture has all kinds as well.
  private static final List<Kind> KINDS =
      List.of(
          Kind.CRASH,
          Kind.KILL,
          Kind.CRASH,
          Kind.KILL,
          Kind.CRASH,
          Kind.TERMINATE,
          Kind.CRASH,
          Kind.KILL,
          Kind.RECOVERY);
  private static final List<Failpoint> POINTS = List.of(Failpoint.values());
  private static final List<Failpoint> EARLY_POINTS =
      List.of(
          Failpoint.REPLAYED,
          Failpoint.COMMIT_DUE,
          Failpoint.COMMITTED,
          Failpoint.DELETED,
          Failpoint.FILE_RENAMED,
          Failpoint.PRODUCER_OPENED);

  private final RandomGenerator random;
  private final Pace pace;
  private final Deque<ProcessScenario> row = new ArrayDeque<>();
  private final Deck<Kind> kinds = new Deck<>(KINDS);
  private final Deck<Failpoint> points = new Deck<>(POINTS);
  private final Deck<Failpoint> earlyPoints = new Deck<>(EARLY_POINTS);

  /**
   * How long an undisturbed process takes.
   *
   * @param recovery from its start until it trains
   * @param whole from its start to its end
   */
  record Pace(Duration recovery, Duration whole) {}

  FaultPlan(RandomGenerator random, Pace pace) {
    this.random = random;
    this.pace = pace;
  }

  /** What the next process suffers. */
  ProcessScenario next() {
    if (row.isEmpty()) {
      switch (kinds.deal()) {
        case KILL -> row.add(timed(Fault.Kill::new));
        case TERMINATE -> row.add(timed(Fault.Terminate::new));
        case CRASH -> {
          Failpoint point = points.deal();
          row.add(new ProcessScenario(crashAt(point, mostPassings(point)), bystander(), 0));
        }
        case RECOVERY -> dieWhileRecovering();
      }
    }
    return row.remove();
  }

  private void dieWhileRecovering() {
    for (int depth = 1; depth <= DEEPEST_RECOVERY; depth++) {
      Fault end =
          random.nextBoolean()
              ? new Fault.Kill(upTo(pace.recovery()))
              : crashAt(earlyPoints.deal(), 3);
      row.add(new ProcessScenario(end, Optional.empty(), depth));
    }
  }

  /** A process that outlives its child, if one of those is to be killed. */
  private ProcessScenario timed(Function<Duration, Fault> fault) {
    Optional<ChildKill> bystander = bystander();
    Duration before = bystander.map(ChildKill::after).orElse(Duration.ZERO);
    return new ProcessScenario(fault.apply(before.plus(moment())), bystander, 0);
  }

  private Optional<ChildKill> bystander() {
    return random.nextDouble() < BYSTANDER_SHARE
        ? Optional.of(new ChildKill(moment(), random.nextInt(MOST_CHILDREN)))
        : Optional.empty();
  }

  private Duration moment() {
    return upTo(pace.recovery().plus(pace.whole().dividedBy(3)));
  }

  /** Evenly over the orders of magnitude: the first passings are those after a recovery. */
  private Fault crashAt(Failpoint point, int most) {
    int passing = (int) Math.exp(random.nextDouble() * Math.log(most + 1));
    return new Fault.CrashAt(new Failpoint.Trigger(point, Math.min(most, passing)));
  }

  /** How often a process passes it in a good part of the campaign. */
  private static int mostPassings(Failpoint point) {
    return switch (point) {
      case PRODUCER_OPENED -> 1;
      case REPLAYED, PUBLISH_DUE, PUBLISHED -> 3;
      case DELETE_DUE, DELETED -> 15;
      case FILE_WRITTEN, FILE_SYNCED, FILE_RENAMED, FILE_DURABLE -> 40;
      case COMMIT_DUE, COMMITTED, ACKNOWLEDGED -> 60;
    };
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
  }

  /** Deals its cards in an order of its own each time before it begins again. */
  private final class Deck<T> {

    private final List<T> cards;
    private final Deque<T> left = new ArrayDeque<>();

    Deck(List<T> cards) {
      this.cards = cards;
    }

    T deal() {
      if (left.isEmpty()) {
        List<T> shuffled = new ArrayList<>(cards);
        for (int last = shuffled.size() - 1; last > 0; last--) {
          Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        left.addAll(shuffled);
      }
      return left.remove();
    }
  }
}
