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

/**
 * The faults of a torture, one process after the other; a pure function of the random generator.
 */
final class FaultPlan {

  private enum Kind {
    KILL,
    CRASH,
    TERMINATE,
    RECOVERY
  }

  private static final int MAX_RECOVERY_DEPTH = 5;
  private static final double CHILD_KILL_SHARE = 0.4;
  private static final int MAX_CHILDREN = 64;

  // Drawn evenly, so that a short torture has faults of every kind.
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
  private final Deque<ProcessScenario> planned = new ArrayDeque<>();
  private final ShuffledCycle<Kind> kinds = new ShuffledCycle<>(KINDS);
  private final ShuffledCycle<Failpoint> points = new ShuffledCycle<>(POINTS);
  private final ShuffledCycle<Failpoint> earlyPoints = new ShuffledCycle<>(EARLY_POINTS);

  /**
   * The duration of a process without faults.
   *
   * @param recovery from its start until it trains
   * @param whole from its start to its end
   */
  record Pace(Duration recovery, Duration whole) {}

  FaultPlan(RandomGenerator random, Pace pace) {
    this.random = random;
    this.pace = pace;
  }

  /** The scenario of the next process. */
  ProcessScenario next() {
    if (planned.isEmpty()) {
      switch (kinds.next()) {
        case KILL -> planned.add(timed(Fault.Kill::new));
        case TERMINATE -> planned.add(timed(Fault.Terminate::new));
        case CRASH -> {
          Failpoint point = points.next();
          planned.add(new ProcessScenario(crashAt(point, maxHits(point)), childKill(), 0));
        }
        case RECOVERY -> addRecoveryDeaths();
      }
    }
    return planned.remove();
  }

  private void addRecoveryDeaths() {
    for (int depth = 1; depth <= MAX_RECOVERY_DEPTH; depth++) {
      Fault end =
          random.nextBoolean()
              ? new Fault.Kill(upTo(pace.recovery()))
              : crashAt(earlyPoints.next(), 3);
      planned.add(new ProcessScenario(end, Optional.empty(), depth));
    }
  }

  /** A scenario in which the process lives longer than the child that is killed, if one is. */
  private ProcessScenario timed(Function<Duration, Fault> fault) {
    Optional<ChildKill> childKill = childKill();
    Duration before = childKill.map(ChildKill::after).orElse(Duration.ZERO);
    return new ProcessScenario(fault.apply(before.plus(delay())), childKill, 0);
  }

  private Optional<ChildKill> childKill() {
    return random.nextDouble() < CHILD_KILL_SHARE
        ? Optional.of(new ChildKill(delay(), random.nextInt(MAX_CHILDREN)))
        : Optional.empty();
  }

  private Duration delay() {
    return upTo(pace.recovery().plus(pace.whole().dividedBy(3)));
  }

  /** Log-uniform, because the first hits are those after a recovery. */
  private Fault crashAt(Failpoint point, int max) {
    int hit = (int) Math.exp(random.nextDouble() * Math.log(max + 1));
    return new Fault.CrashAt(new Failpoint.Trigger(point, Math.min(max, hit)));
  }

  /** About how often a process hits the failpoint in max of a campaign. */
  private static int maxHits(Failpoint point) {
    return switch (point) {
      case PRODUCER_OPENED -> 1;
      case REPLAYED, PUBLISH_DUE, PUBLISHED -> 3;
      case DELETE_DUE, DELETED -> 15;
      case FILE_WRITTEN, FILE_SYNCED, FILE_RENAMED, FILE_DURABLE -> 40;
      case COMMIT_DUE, COMMITTED, ACKNOWLEDGED -> 60;
    };
  }

  private Duration upTo(Duration max) {
    return Duration.ofMillis(random.nextLong(max.toMillis() + 1));
  }

  /** Draws without replacement from a shuffled list, which it shuffles again when it is empty. */
  private final class ShuffledCycle<T> {

    private final List<T> items;
    private final Deque<T> left = new ArrayDeque<>();

    ShuffledCycle(List<T> items) {
      this.items = items;
    }

    T next() {
      if (left.isEmpty()) {
        List<T> shuffled = new ArrayList<>(items);
        for (int last = shuffled.size() - 1; last > 0; last--) {
          Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        left.addAll(shuffled);
      }
      return left.remove();
    }
  }
}
