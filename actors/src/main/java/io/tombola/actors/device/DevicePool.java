package io.tombola.actors.device;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lends devices to trials, one trial a device: ticket chains before controls, early rounds before
 * late ones, because the chain is the longest path. Remembers nothing over a restart; supervisors
 * ask again.
 */
public final class DevicePool extends AbstractBehavior<DevicePool.Command> {

  /** What it can be told. */
  public sealed interface Command {}

  /**
   * Lend a device to {@code trial} when one is free and no more important trial waits. What was
   * lent comes back by itself when the actor behind {@code replyTo} ends.
   *
   * @param possibleNanos when the trial could have been trained at the earliest, on the clock of
   *     {@link System#nanoTime}
   */
  public record Request(TrialId trial, ActorRef<Reply> replyTo, long possibleNanos)
      implements Command {

    /** A request for a trial that could not have been trained before. */
    public Request(TrialId trial, ActorRef<Reply> replyTo) {
      this(trial, replyTo, System.nanoTime());
    }
  }

  /** The trial needs no device any more; unless it was granted one already. */
  public record Withdraw(TrialId trial) implements Command {}

  /**
   * The device is free again. If {@code rest} is not zero, something was wrong with it: it rests
   * for so long, and is lent again once its trainer finds it fit.
   *
   * @param idleNanos since when it does nothing, on the clock of {@link System#nanoTime}
   */
  public record Release(Lease lease, Duration rest, long idleNanos) implements Command {

    /** A device that was at work until now. */
    public Release(Lease lease, Duration rest) {
      this(lease, rest, System.nanoTime());
    }
  }

  /** The trial on the device got further: deaths of its trainer before that count no more. */
  public record ProgressMade(Lease lease) implements Command {}

  private record TrainerDied(String device, long incarnation) implements Command {}

  private record BackoffElapsed(String device) implements Command {}

  private record Probed(Trainer.Health health) implements Command {}

  private record RequesterTerminated(ActorRef<Reply> customer) implements Command {}

  /** What it answers. */
  public sealed interface Reply {

    /** The trial it is about. */
    TrialId trial();
  }

  /**
   * The device is the trial's until released.
   *
   * @param wantedNanos since when it could have been: it did nothing, and the trial could have been
   *     trained
   */
  public record Granted(TrialId trial, Lease lease, long wantedNanos) implements Reply {}

  /** The trainer of the trial's device died; the lease is void. */
  public record Lost(TrialId trial, Lease lease) implements Reply {}

  /** There is no device any more; {@code failure} is what became of the last one. */
  public record NoDeviceAvailable(TrialId trial, TrialFailure failure) implements Reply {}

  /** Makes the trainer of a device. */
  @FunctionalInterface
  public interface TrainerFactory {

    /** The behavior of the trainer that owns {@code device}. */
    Behavior<Trainer.Command> trainerOf(String device);
  }

  private static final Duration REST_AFTER_DEATH = Duration.ofSeconds(2);
  private static final int DEATHS_IN_A_ROW = 5;

  private record Idle(ActorRef<Trainer.Command> trainer, long sinceNanos) {}

  private record Loan(Request request, Lease lease) {}

  private final TimerScheduler<Command> timers;
  private final TrainerFactory factory;
  private final Map<String, Idle> free = new LinkedHashMap<>();
  private final Map<String, Loan> loans = new HashMap<>();
  private final ActorRef<Trainer.Health> health;
  private final Quarantine quarantine = new Quarantine();
  private final Map<String, TrialFailure> givenUp = new HashMap<>();
  private final Map<String, Long> incarnations = new HashMap<>();
  private final Map<String, Integer> deathsInARow = new HashMap<>();
  private final Set<ActorRef<Reply>> customers = new HashSet<>();
  private final TreeMap<TrialId, Request> waiting = new TreeMap<>(TrialPriority.ORDER);
  private long epoch;
  private int waitingTold;

  /** The behavior; spawns one trainer for each of {@code devices}. */
  public static Behavior<Command> create(List<String> devices, TrainerFactory factory) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new DevicePool(context, timers, devices, factory)));
  }

  private DevicePool(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      List<String> devices,
      TrainerFactory factory) {
    super(context);
    this.timers = timers;
    this.factory = factory;
    this.health = context.messageAdapter(Trainer.Health.class, Probed::new);
    devices.forEach(device -> free(device, spawn(device)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Request.class, this::request)
        .onMessage(Withdraw.class, this::withdraw)
        .onMessage(Release.class, this::release)
        .onMessage(ProgressMade.class, this::gotFurther)
        .onMessage(BackoffElapsed.class, this::rested)
        .onMessage(Probed.class, this::probed)
        .onMessage(RequesterTerminated.class, this::customerGone)
        .onMessage(TrainerDied.class, this::trainerDied)
        .build();
  }

  private Behavior<Command> request(Request request) {
    if (customers.add(request.replyTo())) {
      getContext().watchWith(request.replyTo(), new RequesterTerminated(request.replyTo()));
    }
    waiting.put(request.trial(), request);
    givenUp.values().stream().findFirst().ifPresent(this::turnAwayIfNoneLeft);
    return lend();
  }

  private Behavior<Command> withdraw(Withdraw withdraw) {
    waiting.remove(withdraw.trial());
    return tellWaiting();
  }

  private Behavior<Command> release(Release release) {
    Lease lease = release.lease();
    Loan loan = loans.get(lease.device());
    if (loan == null || loan.lease().epoch() != lease.epoch()) {
      return this;
    }
    loans.remove(lease.device());
    deathsInARow.remove(lease.device());
    if (release.rest().isZero()) {
      free.put(lease.device(), new Idle(lease.trainer(), release.idleNanos()));
      return lend();
    }
    quarantine.admit(lease.device(), lease.trainer(), release.rest());
    rest(lease.device(), release.rest());
    return this;
  }

  private Behavior<Command> gotFurther(ProgressMade news) {
    Loan loan = loans.get(news.lease().device());
    if (loan != null && loan.lease().epoch() == news.lease().epoch()) {
      deathsInARow.remove(news.lease().device());
    }
    return this;
  }

  private void rest(String device, Duration rest) {
    timers.startSingleTimer(device, new BackoffElapsed(device), rest);
  }

  private Behavior<Command> rested(BackoffElapsed rested) {
    Optional<ActorRef<Trainer.Command>> trainer = quarantine.trainerOf(rested.device());
    if (trainer.isPresent()) {
      trainer.get().tell(new Trainer.Probe(health));
      return this;
    }
    free(rested.device(), spawn(rested.device()));
    return lend();
  }

  private Behavior<Command> probed(Probed probed) {
    String device = probed.health().device();
    if (quarantine.trainerOf(device).isEmpty()) {
      return this;
    }
    if (probed.health() instanceof Trainer.Unfit unfit) {
      return unfit(unfit);
    }
    quarantine.discharge(device).ifPresent(trainer -> free(device, trainer));
    return lend();
  }

  private Behavior<Command> unfit(Trainer.Unfit unfit) {
    String device = unfit.device();
    Optional<Duration> rest = quarantine.failedProbe(device);
    if (rest.isEmpty()) {
      quarantine.discharge(device).ifPresent(trainer -> getContext().stop(trainer));
      TrialFailure why = unfit.why();
      giveUp(
          device,
          new TrialFailure(
              why.kind(),
              "%s failed %d probes in a row: %s"
                  .formatted(device, Quarantine.PROBES, why.message())));
      return tellWaiting();
    }
    if (quarantine.failedFirst(device)) {
      publish(new Progress.DeviceUnfit(device, unfit.why(), rest.get()));
    }
    rest(device, rest.get());
    return this;
  }

  private void giveUp(String device, TrialFailure failure) {
    getContext().getLog().error("{} is given up: {}", device, failure.message());
    givenUp.put(device, failure);
    turnAwayIfNoneLeft(failure);
  }

  private Behavior<Command> customerGone(RequesterTerminated gone) {
    customers.remove(gone.customer());
    waiting.values().removeIf(request -> request.replyTo().equals(gone.customer()));
    List.copyOf(loans.values()).stream()
        .filter(loan -> loan.request().replyTo().equals(gone.customer()))
        .map(Loan::lease)
        .forEach(
            lease -> {
              lease.trainer().tell(new Trainer.Stop(lease.epoch()));
              getContext().getSelf().tell(new Release(lease, Duration.ZERO));
            });
    return tellWaiting();
  }

  private Behavior<Command> trainerDied(TrainerDied death) {
    String device = death.device();
    if (incarnations.get(device) != death.incarnation() || givenUp.containsKey(device)) {
      return this;
    }
    getContext().getLog().warn("the trainer of {} died", device);
    free.remove(device);
    quarantine.discharge(device);
    Optional.ofNullable(loans.remove(device))
        .ifPresent(
            loan -> loan.request().replyTo().tell(new Lost(loan.request().trial(), loan.lease())));
    if (deathsInARow.merge(device, 1, Integer::sum) < DEATHS_IN_A_ROW) {
      rest(device, REST_AFTER_DEATH);
    } else {
      giveUp(
          device,
          new TrialFailure(
              TrialFailure.Kind.DEVICE_LOST,
              "the trainer of %s died %d times in a row; see the log, and type the same command again"
                  .formatted(device, DEATHS_IN_A_ROW)));
    }
    return tellWaiting();
  }

  private void turnAwayIfNoneLeft(TrialFailure last) {
    if (givenUp.size() == incarnations.size()) {
      TrialFailure failure = new TrialFailure(last.kind(), "no device is left: " + last.message());
      waiting
          .values()
          .forEach(
              request -> request.replyTo().tell(new NoDeviceAvailable(request.trial(), failure)));
      waiting.clear();
    }
  }

  private void free(String device, ActorRef<Trainer.Command> trainer) {
    free.put(device, new Idle(trainer, System.nanoTime()));
  }

  private Behavior<Command> lend() {
    while (!free.isEmpty() && !waiting.isEmpty()) {
      String device = free.keySet().iterator().next();
      Request request = waiting.pollFirstEntry().getValue();
      Idle idle = free.remove(device);
      Lease lease = new Lease(device, ++epoch, idle.trainer());
      loans.put(device, new Loan(request, lease));
      long wanted = later(idle.sinceNanos(), request.possibleNanos());
      request.replyTo().tell(new Granted(request.trial(), lease, wanted));
    }
    return tellWaiting();
  }

  private Behavior<Command> tellWaiting() {
    if (waiting.size() != waitingTold) {
      waitingTold = waiting.size();
      publish(new Progress.TrialsWaiting(waitingTold));
    }
    return this;
  }

  private void publish(Progress news) {
    getContext().getSystem().eventStream().tell(new EventStream.Publish<>(news));
  }

  private static long later(long nanos, long otherNanos) {
    return nanos - otherNanos > 0 ? nanos : otherNanos;
  }

  private ActorRef<Trainer.Command> spawn(String device) {
    long incarnation = incarnations.merge(device, 1L, Long::sum);
    ActorRef<Trainer.Command> trainer =
        getContext()
            .spawn(
                factory.trainerOf(device),
                "trainer-" + device.replace(':', '-') + "-" + incarnation,
                DispatcherSelector.fromConfig("tombola.trainer-dispatcher"));
    getContext().watchWith(trainer, new TrainerDied(device, incarnation));
    return trainer;
  }
}
