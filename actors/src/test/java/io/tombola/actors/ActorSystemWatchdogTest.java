package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ActorSystemWatchdogTest {

  private final CompletableFuture<ActorSystemTerminatedException> dead = new CompletableFuture<>();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void saysSoWhenNobodyAnswersAnyMore() throws Exception {
    try (ActorSystemWatchdog pulse = pulse(answer -> asked.incrementAndGet())) {
      pulse.start();
      assertTrue(dead.get(30, TimeUnit.SECONDS).getMessage().contains("TOMBOLA_JAVA_OPTS"));
      assertEquals(3, asked.get());
    }
  }

  @Test
  void aQuestionThatFindsNoMemoryIsNotAnswered() throws Exception {
    try (ActorSystemWatchdog pulse =
        pulse(
            answer -> {
              throw new OutOfMemoryError("injected");
            })) {
      pulse.start();
      assertTrue(dead.get(30, TimeUnit.SECONDS).getMessage().contains("TOMBOLA_JAVA_OPTS"));
    }
  }

  @Test
  void staysQuietWhileOneOfThreeQuestionsIsAnswered() throws Exception {
    CountDownLatch often = new CountDownLatch(30);
    Consumer<Runnable> seldom =
        answer -> {
          often.countDown();
          if (asked.incrementAndGet() % 3 == 0) {
            answer.run();
          }
        };
    try (ActorSystemWatchdog pulse = pulse(seldom)) {
      pulse.start();
      assertTrue(often.await(30, TimeUnit.SECONDS));
      assertFalse(dead.isDone());
    }
  }

  private ActorSystemWatchdog pulse(Consumer<Runnable> ask) {
    return new ActorSystemWatchdog(ask, dead::complete, Duration.ofMillis(1), 3);
  }
}
