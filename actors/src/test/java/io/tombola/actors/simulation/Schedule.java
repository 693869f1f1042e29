package io.tombola.actors.simulation;

import io.tombola.training.seed.RandomStream;
import java.time.Duration;
import java.util.Optional;

/** Which task runs next, and which are delayed. */
interface Schedule {

  /** In the order of submission, without delays. */
  Schedule IN_ORDER =
      new Schedule() {
        @Override
        public int next(int ready) {
          return 0;
        }

        @Override
        public Optional<Duration> delay() {
          return Optional.empty();
        }

        @Override
        public boolean advancesTime() {
          return false;
        }
      };

  /** Which of the ready tasks (from 0) runs next. */
  int next(int ready);

  /** How long a submitted task is delayed, if it is. */
  Optional<Duration> delay();

  /** Whether a timer fires although tasks are ready. */
  boolean advancesTime();

  /** In random order with occasional long delays, drawn from {@code random}. */
  static Schedule shuffled(RandomStream random) {
    return new Schedule() {
      @Override
      public int next(int ready) {
        return ready == 1 ? 0 : random.nextInt(ready);
      }

      @Override
      public Optional<Duration> delay() {
        return random.nextInt(60) == 0
            ? Optional.of(Duration.ofMillis(1 + random.nextInt(4000)))
            : Optional.empty();
      }

      @Override
      public boolean advancesTime() {
        return random.nextInt(80) == 0;
      }
    };
  }
}
