package io.tombola.deploy.bench.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Times targets in turn, window by window (A B A B ...), so that a disturbance of the machine
 * affects all of them. Confined to one thread.
 */
public final class InterleavedBenchmark {

  private static final int MAX_UNITS = 1 << 24;

  /** Where one unit takes longer than a window should, fewer windows are enough, but not fewer. */
  private static final int MIN_WINDOWS = 3;

  private static final int MAX_OVERRUN_FACTOR = 2;

  private final BenchmarkSettings settings;
  private final BenchmarkCancellation cancellation;
  private final Set<String> warmedUp = new HashSet<>();

  /** A benchmark that has warmed up no target yet. */
  public InterleavedBenchmark(BenchmarkSettings settings, BenchmarkCancellation cancellation) {
    this.settings = settings;
    this.cancellation = cancellation;
  }

  /** What one unit of a target took, in CPU time and in wall-clock time. */
  public record Sample(TimingSummary cpu, TimingSummary wall) {

    /** The sample of {@code target} among the samples of a benchmark that has run it. */
    public static Sample of(BenchmarkTarget target, Map<String, Sample> samples) {
      return Optional.ofNullable(samples.get(target.name()))
          .orElseThrow(() -> new IllegalArgumentException("no sample of " + target.name()));
    }
  }

  /**
   * Warms up each target, then times them all.
   *
   * @param name of this benchmark; see {@link BenchmarkTarget#warmUpKey}
   * @return by the target's name, in the order of {@code targets}
   * @throws BenchStoppedException if a stop is requested
   */
  public Map<String, Sample> run(String name, List<? extends BenchmarkTarget> targets) {
    Map<BenchmarkTarget, Integer> units = new LinkedHashMap<>();
    for (BenchmarkTarget target : targets) {
      boolean isNew = warmedUp.add(target.warmUpKey(name));
      units.put(target, warmUp(target, isNew ? settings.warmUpSeconds() : 0));
    }
    Map<String, Sample> samples = new LinkedHashMap<>();
    time(units).forEach((target, windows) -> samples.put(target.name(), sample(windows)));
    return samples;
  }

  private Map<BenchmarkTarget, List<TimedWindow>> time(Map<BenchmarkTarget, Integer> units) {
    Map<BenchmarkTarget, List<TimedWindow>> windows = new LinkedHashMap<>();
    double planned = settings.windows() * settings.windowSeconds() * units.size();
    double spent = 0;
    for (int round = 0;
        round < settings.windows() && (round < MIN_WINDOWS || spent < MAX_OVERRUN_FACTOR * planned);
        round++) {
      for (Map.Entry<BenchmarkTarget, Integer> target : units.entrySet()) {
        cancellation.check();
        TimedWindow window = target.getKey().run(target.getValue());
        spent += window.cpuSeconds();
        windows.computeIfAbsent(target.getKey(), t -> new ArrayList<>()).add(window);
      }
    }
    return windows;
  }

  private static Sample sample(List<TimedWindow> windows) {
    return new Sample(
        TimingSummary.of(windows.stream().map(TimedWindow::cpuSecondsPerUnit).toList()),
        TimingSummary.of(windows.stream().map(TimedWindow::wallSecondsPerUnit).toList()));
  }

  /** Runs the target for so long, and for a window at least; returns the units that fill one. */
  private int warmUp(BenchmarkTarget target, double seconds) {
    double spent = 0;
    int units = 1;
    while (spent < Math.max(seconds, settings.windowSeconds())) {
      cancellation.check();
      TimedWindow window = target.run(units);
      spent += window.cpuSeconds();
      units = unitsOfOneWindow(window);
    }
    return units;
  }

  private int unitsOfOneWindow(TimedWindow window) {
    double units = settings.windowSeconds() / Math.max(window.cpuSecondsPerUnit(), 1e-9);
    return (int) Math.max(1, Math.min(MAX_UNITS, Math.round(units)));
  }
}
