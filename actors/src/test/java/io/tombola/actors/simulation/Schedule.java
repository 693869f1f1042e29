package io.tombola.actors.simulation;

import io.tombola.training.seed.RandomStream;
import java.time.Duration;
import java.util.Optional;

/** Who comes next, and who is held up. */
interface Schedule {

  /** First come, first served, and nobody waits. */
  Schedule IN_ORDER =
      new Schedule() {
        @Override
        public int next(int ready) {
          return 0;
        }

        @Override
        public Optional<Duration> holdUp() {
          return Optional.empty();
        }

        @Override
        public boolean letTimePass() {
          return false;
        }
      };

  /** Which of those that are ready (from 0) has the next turn. */
  int next(int ready);

  /** How long one that has just become ready waits all the same, if it does. */
  Optional<Duration> holdUp();

  /** Whether a timer goes off before everybody has had a turn. */
  boolean letTimePass();

  /** Any order, now and then a long wait; drawn from {@code random}. */
  static Schedule shuffled(RandomStream random) {
    return new Schedule() {
      @Override
      public int next(int ready) {
        return ready == 1 ? 0 : random.nextInt(ready);
      }

      @Override
      public Optional<Duration> holdUp() {
        return random.nextInt(60) == 0
            ? Optional.of(Duration.ofMillis(1 + random.nextInt(4000)))
            : Optional.empty();
      }

      @Override
      public boolean letTimePass() {
        return random.nextInt(80) == 0;
      }
    };
  }
}
