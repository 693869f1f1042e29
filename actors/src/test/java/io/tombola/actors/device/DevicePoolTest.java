package io.tombola.actors.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.Behaviors;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DevicePoolTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofMillis(20);
  private static final TrialFailure NO_MEMORY =
      new TrialFailure(TrialFailure.Kind.OUT_OF_MEMORY, "no memory");

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<DevicePool.Reply> probe = kit.createTestProbe();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void leasesTicketsBeforeControlsAndEarlyRoundsBeforeLateOnes() {
    ActorRef<DevicePool.Command> pool = pool("cpu:0");
    Lease first = lease(pool, trial(1, 0, Arm.TICKET));
    List.of(
            trial(1, 1, Arm.reinit(1)),
            trial(1, 5, Arm.TICKET),
            trial(2, 1, Arm.TICKET),
            trial(1, 2, Arm.reinit(1)))
        .forEach(trial -> pool.tell(new DevicePool.Request(trial, probe.getRef())));

    Lease lease = first;
    for (TrialId expected :
        List.of(
            trial(2, 1, Arm.TICKET),
            trial(1, 5, Arm.TICKET),
            trial(1, 1, Arm.reinit(1)),
            trial(1, 2, Arm.reinit(1)))) {
      pool.tell(new DevicePool.Release(lease, Duration.ZERO));
      DevicePool.Granted granted = granted();
      assertEquals(expected, granted.trial());
      assertTrue(granted.lease().epoch() > lease.epoch(), "epochs grow");
      lease = granted.lease();
    }
  }

  @Test
  void usesEveryDeviceAtOnce() {
    ActorRef<DevicePool.Command> pool = pool("cpu:0", "cpu:1");
    Lease first = lease(pool, trial(1, 0, Arm.TICKET));
    Lease second = lease(pool, trial(2, 0, Arm.TICKET));
    assertNotEquals(first.device(), second.device());
  }

  @Test
  void aStaleLeaseReleasesNothing() {
    ActorRef<DevicePool.Command> pool = pool("cpu:0");
    Lease old = lease(pool, trial(1, 0, Arm.TICKET));
    pool.tell(new DevicePool.Release(old, Duration.ZERO));
    Lease current = lease(pool, trial(1, 1, Arm.TICKET));
    pool.tell(new DevicePool.Release(old, Duration.ZERO));
    pool.tell(new DevicePool.Request(trial(1, 2, Arm.TICKET), probe.getRef()));
    probe.expectNoMessage(Duration.ofMillis(100));
    pool.tell(new DevicePool.Release(current, Duration.ZERO));
    assertEquals(trial(1, 2, Arm.TICKET), granted().trial());
  }

  @Test
  void aDeviceRestsAfterAFailureBeforeItIsLeasedAgain() {
    ActorRef<DevicePool.Command> pool = pool("cpu:0");
    Lease lease = lease(pool, trial(1, 0, Arm.TICKET));
    pool.tell(new DevicePool.Release(lease, Duration.ofMillis(300)));
    pool.tell(new DevicePool.Request(trial(1, 1, Arm.TICKET), probe.getRef()));
    probe.expectNoMessage(Duration.ofMillis(150));
    assertEquals(trial(1, 1, Arm.TICKET), granted().trial());
  }

  @Test
  void aDeadTrainerIsReportedAndReplaced() {
    ActorRef<DevicePool.Command> pool = pool("cpu:0");
    Lease lease = lease(pool, trial(1, 0, Arm.TICKET));
    lease.trainer().tell(new Trainer.Stop(lease.epoch()));
    DevicePool.Lost lost =
        assertInstanceOf(DevicePool.Lost.class, probe.receiveMessage(Duration.ofSeconds(5)));
    assertEquals(lease, lost.lease());
    Lease next = lease(pool, trial(1, 0, Arm.TICKET));
    assertNotEquals(lease.trainer(), next.trainer());
  }

  @Test
  void aDeviceWhoseTrainerNeverStartsIsRetired() {
    ActorRef<DevicePool.Command> pool =
        kit.spawn(
            DevicePool.create(
                List.of("cpu:0"),
                device ->
                    Behaviors.setup(
                        context -> {
                          throw new IllegalStateException("no such device");
                        })));
    pool.tell(new DevicePool.Request(trial(1, 0, Arm.TICKET), probe.getRef()));
    DevicePool.Reply reply = probe.receiveMessage(Duration.ofSeconds(10));
    while (reply instanceof DevicePool.Granted || reply instanceof DevicePool.Lost) {
      if (reply instanceof DevicePool.Lost) {
        pool.tell(new DevicePool.Request(trial(1, 0, Arm.TICKET), probe.getRef()));
      }
      reply = probe.receiveMessage(Duration.ofSeconds(10));
    }
    DevicePool.NoDeviceAvailable none = assertInstanceOf(DevicePool.NoDeviceAvailable.class, reply);
    assertEquals(trial(1, 0, Arm.TICKET), none.trial());
    assertEquals(TrialFailure.Kind.DEVICE_LOST, none.failure().kind());
    assertTrue(none.failure().message().contains("cpu:0"), none.failure().message());
  }

  @Test
  void aTrainerThatDiesButMakesProgressDoesNotRetireItsDevice() {
    ActorRef<DevicePool.Command> pool = pool("cpu:0");
    for (int death = 1; death <= 5; death++) {
      Lease lease = lease(pool, trial(1, 0, Arm.TICKET));
      pool.tell(new DevicePool.ProgressMade(lease));
      lease.trainer().tell(new Trainer.Stop(lease.epoch()));
      assertInstanceOf(DevicePool.Lost.class, probe.receiveMessage(TIMEOUT));
    }
    lease(pool, trial(1, 0, Arm.TICKET));
  }

  @Test
  void aRestingDeviceIsLeasedOnceItsTrainerFindsItFit() {
    TestProbe<Trainer.Probe> probes = kit.createTestProbe();
    TestProbe<Progress.DeviceUnfit> progress = progress(Progress.DeviceUnfit.class);
    ActorRef<DevicePool.Command> pool = probed(probes.getRef(), "cpu:0");
    Lease lease = lease(pool, trial(1, 0, Arm.TICKET));
    pool.tell(new DevicePool.Release(lease, REST));
    pool.tell(new DevicePool.Request(trial(1, 1, Arm.TICKET), probe.getRef()));

    Duration rest = REST;
    Trainer.Probe ask = probes.receiveMessage(TIMEOUT);
    for (int failed = 1; failed < DeviceSlot.MAX_FAILURES; failed++) {
      rest = rest.multipliedBy(2);
      long answered = System.nanoTime();
      ask.replyTo().tell(new Trainer.Unfit("cpu:0", NO_MEMORY));
      ask = probes.receiveMessage(TIMEOUT);
      assertTrue(System.nanoTime() - answered >= rest.toNanos(), "it rests twice as long");
    }
    ask.replyTo().tell(new Trainer.Fit("cpu:0"));
    Duration first = REST.multipliedBy(2);
    assertEquals(
        new Progress.DeviceUnfit("cpu:0", NO_MEMORY, first), progress.receiveMessage(TIMEOUT));
    assertEquals(trial(1, 1, Arm.TICKET), granted().trial());
    progress.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aDeviceThatFailsEveryProbeIsRetired() {
    TestProbe<Progress.DeviceUnfit> progress = progress(Progress.DeviceUnfit.class);
    ActorRef<DevicePool.Command> pool =
        kit.spawn(
            DevicePool.create(
                List.of("cpu:0"), device -> answering(new Trainer.Unfit(device, NO_MEMORY))));
    Lease lease = lease(pool, trial(1, 0, Arm.TICKET));
    pool.tell(new DevicePool.Release(lease, Duration.ofMillis(1)));
    pool.tell(new DevicePool.Request(trial(1, 0, Arm.TICKET), probe.getRef()));
    DevicePool.NoDeviceAvailable none =
        assertInstanceOf(DevicePool.NoDeviceAvailable.class, probe.receiveMessage(TIMEOUT));
    assertEquals(TrialFailure.Kind.OUT_OF_MEMORY, none.failure().kind());
    assertEquals(
        "no device is left: cpu:0 failed 5 probes in a row: no memory", none.failure().message());
    progress.receiveMessage(TIMEOUT);
    progress.expectNoMessage(Duration.ZERO);

    pool.tell(new DevicePool.Request(trial(1, 2, Arm.TICKET), probe.getRef()));
    assertEquals(
        new DevicePool.NoDeviceAvailable(trial(1, 2, Arm.TICKET), none.failure()),
        probe.receiveMessage(TIMEOUT));
  }

  @Test
  void aRetryGetsAnotherDeviceWhileTheFirstRests() {
    ActorRef<DevicePool.Command> pool = pool("cpu:0", "cpu:1");
    Lease lease = lease(pool, trial(1, 0, Arm.TICKET));
    pool.tell(new DevicePool.Release(lease, Duration.ofHours(1)));
    assertNotEquals(lease.device(), lease(pool, trial(1, 0, Arm.TICKET)).device());
  }

  private <T extends Progress> TestProbe<T> progress(Class<T> kind) {
    TestProbe<T> progress = kit.createTestProbe();
    kit.system().eventStream().tell(new EventStream.Subscribe<>(kind, progress.getRef()));
    return progress;
  }

  @Test
  void publishesTheNumberOfWaitingTrialsWheneverItChanges() {
    TestProbe<Progress.TrialsWaiting> progress = progress(Progress.TrialsWaiting.class);
    ActorRef<DevicePool.Command> pool = pool("cpu:0");
    Lease lease = lease(pool, trial(1, 0, Arm.TICKET));
    TestProbe<DevicePool.Reply> other = kit.createTestProbe();
    pool.tell(new DevicePool.Request(trial(1, 1, Arm.TICKET), probe.getRef()));
    pool.tell(new DevicePool.Request(trial(1, 2, Arm.TICKET), probe.getRef()));
    pool.tell(new DevicePool.Request(trial(2, 1, Arm.TICKET), other.getRef()));
    assertWaiting(progress, 1, 2, 3);
    pool.tell(new DevicePool.Withdraw(trial(1, 2, Arm.TICKET)));
    assertWaiting(progress, 2);
    other.stop();
    assertWaiting(progress, 1);
    pool.tell(new DevicePool.Release(lease, Duration.ZERO));
    assertWaiting(progress, 0);
    progress.expectNoMessage(Duration.ZERO);
  }

  private static void assertWaiting(TestProbe<Progress.TrialsWaiting> progress, int... expected) {
    IntStream.of(expected)
        .forEach(
            trials ->
                assertEquals(new Progress.TrialsWaiting(trials), progress.receiveMessage(TIMEOUT)));
  }

  private ActorRef<DevicePool.Command> probed(ActorRef<Trainer.Probe> receiver, String device) {
    Behavior<Trainer.Command> trainer =
        Behaviors.receive(Trainer.Command.class)
            .onMessage(
                Trainer.Probe.class,
                ask -> {
                  receiver.tell(ask);
                  return Behaviors.same();
                })
            .build();
    return kit.spawn(DevicePool.create(List.of(device), unused -> trainer));
  }

  private static Behavior<Trainer.Command> answering(Trainer.Health health) {
    return Behaviors.receive(Trainer.Command.class)
        .onMessage(
            Trainer.Probe.class,
            ask -> {
              ask.replyTo().tell(health);
              return Behaviors.same();
            })
        .build();
  }

  /** A pool whose trainers fail on {@link Trainer.Stop}. */
  private ActorRef<DevicePool.Command> pool(String... devices) {
    return kit.spawn(DevicePool.create(List.of(devices), DevicePoolTest::failingOnStop));
  }

  private static Behavior<Trainer.Command> failingOnStop(String device) {
    return Behaviors.receive(Trainer.Command.class)
        .onMessage(
            Trainer.Probe.class,
            ask -> {
              ask.replyTo().tell(new Trainer.Fit(device));
              return Behaviors.same();
            })
        .onMessage(
            Trainer.Stop.class,
            stop -> {
              throw new IllegalStateException("a trainer that dies");
            })
        .build();
  }

  private Lease lease(ActorRef<DevicePool.Command> pool, TrialId trial) {
    pool.tell(new DevicePool.Request(trial, probe.getRef()));
    return granted().lease();
  }

  private DevicePool.Granted granted() {
    return assertInstanceOf(DevicePool.Granted.class, probe.receiveMessage(Duration.ofSeconds(10)));
  }

  private static TrialId trial(int replicate, int round, Arm arm) {
    return new TrialId("pool", replicate, round, arm);
  }
}
