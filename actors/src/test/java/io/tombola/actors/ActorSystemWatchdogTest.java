package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class ActorSystemWatchdogTest {

  private final CompletableFuture<ActorSystemTerminatedException> dead = new CompletableFuture<>();
  private final AtomicInteger pings = new AtomicInteger();

  @Test
  void reportsAnActorSystemThatNeverAnswers() throws Exception {
    try (ActorSystemWatchdog watchdog =
        watchdog(
            () -> {
              pings.incrementAndGet();
              return new CompletableFuture<>();
            })) {
      watchdog.start();
      assertTrue(dead.get(30, TimeUnit.SECONDS).getMessage().contains("TOMBOLA_JAVA_OPTS"));
      assertEquals(3, pings.get());
    }
  }

  @Test
  void aPingThatFailsIsUnanswered() throws Exception {
    try (ActorSystemWatchdog watchdog =
        watchdog(() -> CompletableFuture.failedFuture(new IllegalStateException("injected")))) {
      watchdog.start();
      assertTrue(dead.get(30, TimeUnit.SECONDS).getMessage().contains("TOMBOLA_JAVA_OPTS"));
    }
  }

  @Test
  void aPingThatFindsNoMemoryIsUnanswered() throws Exception {
    try (ActorSystemWatchdog watchdog =
        watchdog(
            () -> {
              throw new OutOfMemoryError("injected");
            })) {
      watchdog.start();
      assertTrue(dead.get(30, TimeUnit.SECONDS).getMessage().contains("TOMBOLA_JAVA_OPTS"));
    }
  }

  @Test
  void oneAnswerToThreePingsIsEnough() throws Exception {
    CountDownLatch thirtyPings = new CountDownLatch(30);
    Supplier<CompletionStage<?>> everyThird =
        () -> {
          thirtyPings.countDown();
          return pings.incrementAndGet() % 3 == 0
              ? CompletableFuture.completedFuture("pong")
              : new CompletableFuture<>();
        };
    try (ActorSystemWatchdog watchdog = watchdog(everyThird)) {
      watchdog.start();
      assertTrue(thirtyPings.await(30, TimeUnit.SECONDS));
      assertFalse(dead.isDone());
    }
  }

  private ActorSystemWatchdog watchdog(Supplier<CompletionStage<?>> ping) {
    return new ActorSystemWatchdog(ping, dead::complete, Duration.ofMillis(1), 3);
  }
}
