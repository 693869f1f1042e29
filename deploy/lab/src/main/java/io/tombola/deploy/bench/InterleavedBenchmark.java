package io.tombola.deploy.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Times contenders in turn, window by window (A B A B ...), so that whatever happens to the machine
 * happens to all of them. Confined to one thread.
 */
final class InterleavedBenchmark {

  private static final int MOST_UNITS = 1 << 24;

  /** Fewer windows will do where a unit alone takes longer than a window should, but not fewer. */
  private static final int LEAST = 3;

  private static final int MOST_TIMES_LONGER = 2;

  private final BenchmarkSettings scale;
  private final BenchmarkCanceller halt;
  private final Set<String> warm = new HashSet<>();

  InterleavedBenchmark(BenchmarkSettings scale, BenchmarkCanceller halt) {
    this.scale = scale;
    this.halt = halt;
  }

  /** What a unit of a contender took, by processor time and by the clock. */
  record Sample(TimingSummary cpu, TimingSummary wall) {}

  /**
   * Warms each contender up, then times them.
   *
   * @param work what they do; contenders that run the same code are warmed up once
   * @return by name, in the order of {@code contenders}
   * @throws BenchStoppedException once the bench is to stop
   */
  Map<String, Sample> run(String work, List<? extends BenchmarkTarget> contenders) {
    Map<BenchmarkTarget, Integer> units = new LinkedHashMap<>();
    for (BenchmarkTarget contender : contenders) {
      boolean first = warm.add(contender.code(work));
      units.put(contender, warmUp(contender, first ? scale.warmUpSeconds() : 0));
    }
    Map<BenchmarkTarget, List<TimedWindow>> windows = new LinkedHashMap<>();
    double spent = 0;
    double most = MOST_TIMES_LONGER * scale.windows() * scale.windowSeconds() * contenders.size();
    for (int round = 0; round < scale.windows() && (round < LEAST || spent < most); round++) {
      for (BenchmarkTarget contender : contenders) {
        halt.check();
        TimedWindow window = contender.run(units.get(contender));
        spent += window.cpuSeconds();
        windows.computeIfAbsent(contender, c -> new ArrayList<>()).add(window);
      }
    }
    Map<String, Sample> laps = new LinkedHashMap<>();
    windows.forEach((contender, of) -> laps.put(contender.name(), lap(of)));
    return laps;
  }

  private static Sample lap(List<TimedWindow> windows) {
    return new Sample(
        TimingSummary.of(windows.stream().map(TimedWindow::cpuEach).toList()),
        TimingSummary.of(windows.stream().map(TimedWindow::wallEach).toList()));
  }

  /** Runs until the compiler had its time, and a window at least; the units that then fill one. */
  private int warmUp(BenchmarkTarget contender, double seconds) {
    double spent = 0;
    int units = 1;
    while (spent < Math.max(seconds, scale.windowSeconds())) {
      halt.check();
      TimedWindow window = contender.run(units);
      spent += window.cpuSeconds();
      units = units(window);
    }
    return units;
  }

  private int units(TimedWindow window) {
    double fitting = scale.windowSeconds() / Math.max(window.cpuEach(), 1e-9);
    return (int) Math.max(1, Math.min(MOST_UNITS, Math.round(fitting)));
  }
}
