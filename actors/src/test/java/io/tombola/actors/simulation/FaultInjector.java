package io.tombola.actors.simulation;

import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Injects the faults of one simulation, drawn from its seed; a bounded number, so that a run can
 * finish.
 */
final class FaultInjector {

  /**
   * A fault that was injected.
   *
   * @param run the process that it was injected into, from 1
   * @param replicate the one affected; 0 for none or all
   * @param where the part affected
   */
  record InjectedFault(int run, Fault fault, int replicate, String where) {}

  /**
   * When a process ends before the campaign does.
   *
   * @param fault {@link Fault#CRASH}, {@link Fault#CRASH_IN_TRAINING} or {@link Fault#STOP}
   * @param step after how many steps
   */
  record End(Fault fault, int step) {}

  private static final int RECOVERY_STEPS = 200;
  private static final double REPEAT_PROBABILITY = 0.8;

  private final RandomStream random;
  private final Map<Fault, Integer> remaining = new EnumMap<>(Fault.class);
  private final List<InjectedFault> injected = new ArrayList<>();
  private final boolean repeatsAtSamePlace;
  private int run;

  private FaultInjector(RandomStream random, Set<Fault> possible) {
    this.random = random;
    this.repeatsAtSamePlace = random.nextInt(3) == 0;
    for (Fault fault : possible) {
      if (random.nextInt(5) < 2) {
        remaining.put(fault, 1 + random.nextInt(fault.max()));
      }
    }
  }

  /** An injector of no faults. */
  static FaultInjector none(RandomStream random) {
    return new FaultInjector(random, EnumSet.noneOf(Fault.class));
  }

  /** An injector of some faults of every kind. */
  static FaultInjector some(RandomStream random) {
    return new FaultInjector(random, EnumSet.allOf(Fault.class));
  }

  /** A new process starts. */
  void beginRun() {
    run++;
  }

  /** Drawn at the start of a process that takes about {@code steps} steps. */
  List<End> ends(int steps) {
    List<End> ends = new ArrayList<>();
    for (Fault fault : List.of(Fault.CRASH, Fault.CRASH_IN_TRAINING, Fault.STOP)) {
      if (remaining(fault) > 0 && random.nextInt(4) > 0) {
        boolean early = random.nextInt(3) == 0;
        ends.add(new End(fault, 1 + random.nextInt(early ? RECOVERY_STEPS : steps)));
      }
    }
    return List.copyOf(ends);
  }

  /** Whether {@code fault} is injected here; if so, counts it. */
  boolean inject(Fault fault, int replicate, String where) {
    if (remaining(fault) == 0) {
      return false;
    }
    boolean again =
        repeatsAtSamePlace
            && injected.stream()
                .anyMatch(earlier -> earlier.fault() == fault && earlier.where().equals(where));
    boolean injects =
        again
            ? random.nextDouble() < REPEAT_PROBABILITY
            : random.nextInt(Math.max(1, fault.oneIn())) == 0;
    if (injects) {
      count(fault, replicate, where);
    }
    return injects;
  }

  /** A scheduled fault was injected. */
  void count(Fault fault, int replicate, String where) {
    remaining.merge(fault, -1, Integer::sum);
    injected.add(new InjectedFault(run, fault, replicate, where));
  }

  /** One of {@code choices}, from 0. */
  int choose(int choices) {
    return random.nextInt(choices);
  }

  /** The faults injected into the current process. */
  List<InjectedFault> ofThisRun() {
    return injected.stream().filter(fault -> fault.run() == run).toList();
  }

  /** The faults injected so far. */
  List<InjectedFault> all() {
    return List.copyOf(injected);
  }

  private int remaining(Fault fault) {
    return remaining.getOrDefault(fault, 0);
  }
}
