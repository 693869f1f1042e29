package io.tombola.actors.publish.outbox;

import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the first failure while independent steps continue, and throws it at the end. */
final class FirstFailure {

  private Optional<RuntimeException> first = Optional.empty();

  void guard(Runnable step) {
    guarded(
        () -> {
          step.run();
          return true;
        });
  }

  /** The result of {@code step}; empty if it failed. */
  <T> Optional<T> guarded(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (RuntimeException e) {
      first.ifPresentOrElse(known -> known.addSuppressed(e), () -> first = Optional.of(e));
      return Optional.empty();
    }
  }

  void raise() {
    first.ifPresent(
        failure -> {
          throw failure;
        });
  }
}
