package io.tombola.actors.simulation;

import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The faults of one simulation, drawn from its seed; a bounded number, so that a run gets through.
 */
final class Faults {

  /**
   * A fault that came up.
   *
   * @param run the process it came up in, from 1
   * @param replicate the one it hit; 0 for none of them or all
   * @param where what it hit
   */
  record Strike(int run, Fault fault, int replicate, String where) {}

  /**
   * When a process ends before its work is done.
   *
   * @param fault {@link Fault#CRASH}, {@link Fault#CRASH_IN_TRAINING} or {@link Fault#STOP}
   * @param step after how many turns
   */
  record End(Fault fault, int step) {}

  private static final int RECOVERY_STEPS = 200;
  private static final double GRUDGE = 0.8;

  private final RandomStream random;
  private final Map<Fault, Integer> left = new EnumMap<>(Fault.class);
  private final List<Strike> strikes = new ArrayList<>();
  private final boolean bearsGrudges;
  private int run;

  private Faults(RandomStream random, Set<Fault> possible) {
    this.random = random;
    this.bearsGrudges = random.nextInt(3) == 0;
    for (Fault fault : possible) {
      if (random.nextInt(5) < 2) {
        left.put(fault, 1 + random.nextInt(fault.most()));
      }
    }
  }

  /** No fault at all. */
  static Faults none(RandomStream random) {
    return new Faults(random, EnumSet.noneOf(Fault.class));
  }

  /** Some of all faults. */
  static Faults some(RandomStream random) {
    return new Faults(random, EnumSet.allOf(Fault.class));
  }

  /** A process begins. */
  void beginRun() {
    run++;
  }

  /** Drawn at the beginning of a process, for one that takes about {@code steps} turns. */
  List<End> ends(int steps) {
    List<End> ends = new ArrayList<>();
    for (Fault fault : List.of(Fault.CRASH, Fault.CRASH_IN_TRAINING, Fault.STOP)) {
      if (left(fault) > 0 && random.nextInt(4) > 0) {
        boolean early = random.nextInt(3) == 0;
        ends.add(new End(fault, 1 + random.nextInt(early ? RECOVERY_STEPS : steps)));
      }
    }
    return List.copyOf(ends);
  }

  /** Whether {@code fault} comes up now; if so, it is counted. */
  boolean strike(Fault fault, int replicate, String where) {
    if (left(fault) == 0) {
      return false;
    }
    boolean again =
        bearsGrudges
            && strikes.stream()
                .anyMatch(strike -> strike.fault() == fault && strike.where().equals(where));
    boolean struck =
        again ? random.nextDouble() < GRUDGE : random.nextInt(Math.max(1, fault.oneIn())) == 0;
    if (struck) {
      count(fault, replicate, where);
    }
    return struck;
  }

  /** A fault came up as planned. */
  void count(Fault fault, int replicate, String where) {
    left.merge(fault, -1, Integer::sum);
    strikes.add(new Strike(run, fault, replicate, where));
  }

  /** One of {@code choices}, from 0. */
  int choose(int choices) {
    return random.nextInt(choices);
  }

  /** What came up in the process of now. */
  List<Strike> ofThisRun() {
    return strikes.stream().filter(strike -> strike.run() == run).toList();
  }

  /** What came up. */
  List<Strike> all() {
    return List.copyOf(strikes);
  }

  private int left(Fault fault) {
    return left.getOrDefault(fault, 0);
  }
}
