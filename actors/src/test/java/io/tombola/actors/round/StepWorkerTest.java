package io.tombola.actors.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Routers;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request to a pool of workers gets exactly one reply, whatever the work throws. */
final class StepWorkerTest {

  private static final ReplicateEvent DONE = new ReplicateFinished(Instant.EPOCH);

  private record Request(Step step, Runnable work, ActorRef<StepReply> replyTo)
      implements StepRequest {}

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<StepReply> supervisor = kit.createTestProbe();
  private final ActorRef<Request> pool =
      kit.spawn(Routers.pool(1, StepWorker.create(Request.class, StepWorkerTest::work)));

  private static ReplicateEvent work(Request request) {
    request.work().run();
    return DONE;
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void repliesWithTheEventOfAStepThatIsDone() {
    request(1, () -> {});
    supervisor.expectMessage(new StepReply.Done(new Step.Prune(1), DONE));
  }

  @Test
  void repliesWithTheFailureOfAnException() {
    request(
        1,
        () -> {
          throw new OutOfMemoryError("injected");
        });
    assertEquals(TrialFailure.Kind.OUT_OF_MEMORY, failureOf(1).kind());
  }

  @Test
  void repliesBeforeItRestartsAfterAnErrorAndKeepsWaitingRequests() {
    for (Error error :
        List.of(
            new AssertionError("injected"),
            new NoClassDefFoundError("injected"),
            new StackOverflowError("injected"))) {
      request(
          1,
          () -> {
            throw error;
          });
      request(2, () -> {});
      assertEquals(TrialFailure.Kind.BUG, failureOf(1).kind());
      supervisor.expectMessage(new StepReply.Done(new Step.Prune(2), DONE));
    }
    supervisor.expectNoMessage();
  }

  private void request(int round, Runnable run) {
    pool.tell(new Request(new Step.Prune(round), run, supervisor.getRef()));
  }

  private TrialFailure failureOf(int round) {
    StepReply.Failed failed = supervisor.expectMessageClass(StepReply.Failed.class);
    assertEquals(new Step.Prune(round), failed.step());
    return failed.failure();
  }
}
