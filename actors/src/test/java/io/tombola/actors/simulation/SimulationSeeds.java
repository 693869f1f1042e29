package io.tombola.actors.simulation;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Which seeds the simulation tests run: one alone with {@code -Dtombola.simulation.seed=SEED}, else
 * 1 to {@code -Dtombola.simulation.seeds} (default: 120), and for {@code
 * -Dtombola.simulation.fresh-seconds} (default: 5) seeds that no run has tried before.
 */
final class SimulationSeeds {

  /** Failures after which a test stops looking for more. */
  static final int MAX_FAILURES = 3;

  private static final Long ONLY = Long.getLong("tombola.simulation.seed");
  private static final long COUNT = Long.getLong("tombola.simulation.seeds", 120);
  private static final Duration FRESH =
      Duration.ofSeconds(Long.getLong("tombola.simulation.fresh-seconds", 5));

  private SimulationSeeds() {}

  /** The same seeds each time. */
  static LongStream fixed() {
    return ONLY != null ? LongStream.of(ONLY) : LongStream.rangeClosed(1, COUNT);
  }

  /** Drawn anew each time, for as long as there is time; each is printed before it runs. */
  static LongStream fresh() {
    if (ONLY != null) {
      return LongStream.empty();
    }
    SecureRandom random = new SecureRandom();
    long start = System.nanoTime();
    return LongStream.generate(random::nextLong)
        .takeWhile(seed -> System.nanoTime() - start < FRESH.toNanos())
        .peek(seed -> System.out.println("fresh simulation seed: " + seed));
  }
}
