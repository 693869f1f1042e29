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
final class Race {

  private static final int MOST_UNITS = 1 << 24;

  /** Fewer windows will do where a unit alone takes longer than a window should, but not fewer. */
  private static final int LEAST = 3;

  private static final int MOST_TIMES_LONGER = 2;

  private final Scale scale;
  private final Halt halt;
  private final Set<String> warm = new HashSet<>();

  Race(Scale scale, Halt halt) {
    this.scale = scale;
    this.halt = halt;
  }

  /** What a unit of a contender took, by processor time and by the clock. */
  record Lap(Timing cpu, Timing wall) {}

  /**
   * Warms each contender up, then times them.
   *
   * @param work what they do; contenders that run the same code are warmed up once
   * @return by name, in the order of {@code contenders}
   * @throws BenchStoppedException once the bench is to stop
   */
  Map<String, Lap> run(String work, List<? extends Contender> contenders) {
    Map<Contender, Integer> units = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      boolean first = warm.add(contender.code(work));
      units.put(contender, warmUp(contender, first ? scale.warmUpSeconds() : 0));
    }
    Map<Contender, List<Window>> windows = new LinkedHashMap<>();
    double spent = 0;
    double most = MOST_TIMES_LONGER * scale.windows() * scale.windowSeconds() * contenders.size();
    for (int round = 0; round < scale.windows() && (round < LEAST || spent < most); round++) {
      for (Contender contender : contenders) {
        halt.check();
        Window window = contender.run(units.get(contender));
        spent += window.cpuSeconds();
        windows.computeIfAbsent(contender, c -> new ArrayList<>()).add(window);
      }
    }
    Map<String, Lap> laps = new LinkedHashMap<>();
    windows.forEach((contender, of) -> laps.put(contender.name(), lap(of)));
    return laps;
  }

  private static Lap lap(List<Window> windows) {
    return new Lap(
        Timing.of(windows.stream().map(Window::cpuEach).toList()),
        Timing.of(windows.stream().map(Window::wallEach).toList()));
  }

  /** Runs until the compiler had its time, and a window at least; the units that then fill one. */
  private int warmUp(Contender contender, double seconds) {
    double spent = 0;
    int units = 1;
    while (spent < Math.max(seconds, scale.windowSeconds())) {
      halt.check();
      Window window = contender.run(units);
      spent += window.cpuSeconds();
      units = units(window);
    }
    return units;
  }

  private int units(Window window) {
    double fitting = scale.windowSeconds() / Math.max(window.cpuEach(), 1e-9);
    return (int) Math.max(1, Math.min(MOST_UNITS, Math.round(fitting)));
  }
}
