package io.tombola.actors.device;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Leases devices to trials, one trial per device: ticket chains before controls, early rounds
 * before late ones, because the chain is the longest path. In memory only: after a restart of the
 * process supervisors request devices again.
 */
public final class DevicePool extends AbstractBehavior<DevicePool.Command> {

  /** Messages to the pool. */
  public sealed interface Command {}

  /**
   * Lease a device to {@code trial} when one is idle and no trial of higher priority waits. The
   * pool releases the lease itself when the actor behind {@code replyTo} terminates.
   *
   * @param readyNanos when the trial could have been trained at the earliest, on the clock of
   *     {@link System#nanoTime}
   */
  public record Request(TrialId trial, ActorRef<Reply> replyTo, long readyNanos)
      implements Command {

    /** A request for a trial that is ready since now. */
    public Request(TrialId trial, ActorRef<Reply> replyTo) {
      this(trial, replyTo, System.nanoTime());
    }
  }

  /** The trial needs no device any more; has no effect once a device is granted. */
  public record Withdraw(TrialId trial) implements Command {}

  /**
   * The lease has ended. If {@code rest} is not zero, the device failed: it is not leased for that
   * long, and then only once its trainer finds it fit.
   *
   * @param idleNanos since when the device computes nothing, on the clock of {@link
   *     System#nanoTime}
   */
  public record Release(Lease lease, Duration rest, long idleNanos) implements Command {

    /** A device that has computed until now. */
    public Release(Lease lease, Duration rest) {
      this(lease, rest, System.nanoTime());
    }
  }

  /** The training made progress: earlier deaths of the device's trainers no longer count. */
  public record ProgressMade(Lease lease) implements Command {}

  private record TrainerTerminated(String device, long incarnation) implements Command {}

  private record BackoffElapsed(String device) implements Command {}

  private record Probed(Trainer.Health health) implements Command {}

  private record RequesterTerminated(ActorRef<Reply> requester) implements Command {}

  /** Replies to a request. */
  public sealed interface Reply {

    /** The trial it is about. */
    TrialId trial();
  }

  /**
   * The trial has the device until it is released.
   *
   * @param demandedNanos since when the device was idle and the trial ready
   */
  public record Granted(TrialId trial, Lease lease, long demandedNanos) implements Reply {}

  /** The trainer of the trial's device died; the lease is void. */
  public record Lost(TrialId trial, Lease lease) implements Reply {}

  /** No device is usable any more; {@code failure} is that of the last one. */
  public record NoDeviceAvailable(TrialId trial, TrialFailure failure) implements Reply {}

  /** Creates the trainer of a device. */
  @FunctionalInterface
  public interface TrainerFactory {

    /** The behavior of the trainer that owns {@code device}. */
    Behavior<Trainer.Command> trainerOf(String device);
  }

  private final TimerScheduler<Command> timers;
  private final TrainerFactory factory;
  private final ProgressStream progress;
  private final ActorRef<Trainer.Health> probeReplies;
  // In the order of their last transitions: the first idle slot is idle the longest.
  private final Map<String, DeviceSlot> slots = new LinkedHashMap<>();
  private final Set<ActorRef<Reply>> requesters = new HashSet<>();
  private final TreeMap<TrialId, Request> waiting = new TreeMap<>(TrialPriority.ORDER);
  private long epoch;
  private int publishedWaiting;

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
    this.progress = new ProgressStream(context.getSystem());
    this.probeReplies = context.messageAdapter(Trainer.Health.class, Probed::new);
    devices.forEach(device -> start(new DeviceSlot.Restarting(device, 1, 0)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Request.class, this::request)
        .onMessage(Withdraw.class, this::withdraw)
        .onMessage(Release.class, this::release)
        .onMessage(ProgressMade.class, this::progressMade)
        .onMessage(BackoffElapsed.class, this::backoffElapsed)
        .onMessage(Probed.class, this::probed)
        .onMessage(RequesterTerminated.class, this::requesterTerminated)
        .onMessage(TrainerTerminated.class, this::trainerTerminated)
        .build();
  }

  private Behavior<Command> request(Request request) {
    if (requesters.add(request.replyTo())) {
      getContext().watchWith(request.replyTo(), new RequesterTerminated(request.replyTo()));
    }
    waiting.put(request.trial(), request);
    rejectIfNoDeviceIsLeft();
    return grantLeases();
  }

  private Behavior<Command> withdraw(Withdraw withdraw) {
    waiting.remove(withdraw.trial());
    return publishWaiting();
  }

  private Behavior<Command> release(Release release) {
    Optional<DeviceSlot.Leased> leased = leasedUnder(release.lease());
    if (leased.isPresent() && release.rest().isZero()) {
      put(release.lease().device(), leased.get().release(release.idleNanos()));
      return grantLeases();
    }
    leased.ifPresent(slot -> rest(slot.rest(release.rest())));
    return this;
  }

  private Behavior<Command> progressMade(ProgressMade progressMade) {
    Lease lease = progressMade.lease();
    leasedUnder(lease).ifPresent(leased -> put(lease.device(), leased.progressMade()));
    return this;
  }

  /** Empty if the lease is void. */
  private Optional<DeviceSlot.Leased> leasedUnder(Lease lease) {
    return slots.get(lease.device()) instanceof DeviceSlot.Leased leased && leased.isUnder(lease)
        ? Optional.of(leased)
        : Optional.empty();
  }

  private void rest(DeviceSlot.Resting slot) {
    put(slot.trainer().device(), slot);
    startBackoff(slot.trainer().device(), slot.rest());
  }

  private void startBackoff(String device, Duration delay) {
    timers.startSingleTimer(device, new BackoffElapsed(device), delay);
  }

  private Behavior<Command> backoffElapsed(BackoffElapsed elapsed) {
    DeviceSlot slot = slots.get(elapsed.device());
    if (slot instanceof DeviceSlot.Resting resting) {
      resting.trainer().ref().tell(new Trainer.Probe(probeReplies));
    } else if (slot instanceof DeviceSlot.Restarting restarting) {
      start(restarting);
    }
    return grantLeases();
  }

  private Behavior<Command> probed(Probed probed) {
    String device = probed.health().device();
    if (slots.get(device) instanceof DeviceSlot.Resting resting) {
      if (probed.health() instanceof Trainer.Unfit unfit) {
        unfit(resting, unfit.why());
      } else {
        put(device, resting.fit(System.nanoTime()));
      }
    }
    return grantLeases();
  }

  private void unfit(DeviceSlot.Resting resting, TrialFailure why) {
    String device = resting.trainer().device();
    DeviceSlot next = resting.unfit(why);
    if (next instanceof DeviceSlot.Resting again) {
      if (again.failedProbes() == 1) {
        progress.publish(new Progress.DeviceUnfit(device, why, again.rest()));
      }
      rest(again);
    } else if (next instanceof DeviceSlot.Retired retired) {
      getContext().stop(resting.trainer().ref());
      retire(device, retired);
    }
  }

  private Behavior<Command> trainerTerminated(TrainerTerminated death) {
    String device = death.device();
    if (slots.get(device) instanceof DeviceSlot.Live live
        && live.trainer().incarnation() == death.incarnation()) {
      getContext().getLog().warn("the trainer of {} died", device);
      if (live instanceof DeviceSlot.Leased leased) {
        leased.request().replyTo().tell(new Lost(leased.request().trial(), leased.lease()));
      }
      DeviceSlot next = live.trainerDied();
      if (next instanceof DeviceSlot.Retired retired) {
        retire(device, retired);
      } else {
        put(device, next);
        startBackoff(device, DeviceSlot.RESTART_DELAY);
      }
    }
    return publishWaiting();
  }

  private void retire(String device, DeviceSlot.Retired slot) {
    getContext().getLog().error("{} is not used any more: {}", device, slot.failure().message());
    put(device, slot);
    rejectIfNoDeviceIsLeft();
  }

  private void rejectIfNoDeviceIsLeft() {
    Optional<TrialFailure> last = Optional.empty();
    for (DeviceSlot slot : slots.values()) {
      if (!(slot instanceof DeviceSlot.Retired retired)) {
        return;
      }
      last = Optional.of(retired.failure());
    }
    last.ifPresent(this::rejectAll);
  }

  private void rejectAll(TrialFailure last) {
    TrialFailure failure = new TrialFailure(last.kind(), "no device is left: " + last.message());
    waiting
        .values()
        .forEach(
            request -> request.replyTo().tell(new NoDeviceAvailable(request.trial(), failure)));
    waiting.clear();
  }

  private Behavior<Command> requesterTerminated(RequesterTerminated terminated) {
    ActorRef<Reply> requester = terminated.requester();
    requesters.remove(requester);
    waiting.values().removeIf(request -> request.replyTo().equals(requester));
    slots.values().stream()
        .filter(DeviceSlot.Leased.class::isInstance)
        .map(DeviceSlot.Leased.class::cast)
        .filter(leased -> leased.request().replyTo().equals(requester))
        .map(DeviceSlot.Leased::lease)
        .forEach(
            lease -> {
              lease.trainer().tell(new Trainer.Stop(lease.epoch()));
              getContext().getSelf().tell(new Release(lease, Duration.ZERO));
            });
    return publishWaiting();
  }

  private Behavior<Command> grantLeases() {
    Optional<DeviceSlot.Idle> idle = longestIdle();
    while (idle.isPresent() && !waiting.isEmpty()) {
      Request request = waiting.pollFirstEntry().getValue();
      DeviceSlot.Leased leased = idle.get().lease(request, ++epoch);
      put(leased.lease().device(), leased);
      long demanded = later(idle.get().sinceNanos(), request.readyNanos());
      request.replyTo().tell(new Granted(request.trial(), leased.lease(), demanded));
      idle = longestIdle();
    }
    return publishWaiting();
  }

  private Optional<DeviceSlot.Idle> longestIdle() {
    return slots.values().stream()
        .filter(DeviceSlot.Idle.class::isInstance)
        .map(DeviceSlot.Idle.class::cast)
        .findFirst();
  }

  private void put(String device, DeviceSlot slot) {
    slots.remove(device);
    slots.put(device, slot);
  }

  private void start(DeviceSlot.Restarting slot) {
    String device = slot.device();
    ActorRef<Trainer.Command> trainer =
        getContext()
            .spawn(
                factory.trainerOf(device),
                "trainer-" + device.replace(':', '-') + "-" + slot.nextIncarnation(),
                DispatcherSelector.fromConfig("tombola.trainer-dispatcher"));
    getContext().watchWith(trainer, new TrainerTerminated(device, slot.nextIncarnation()));
    put(device, slot.restarted(trainer, System.nanoTime()));
  }

  private Behavior<Command> publishWaiting() {
    if (waiting.size() != publishedWaiting) {
      publishedWaiting = waiting.size();
      progress.publish(new Progress.TrialsWaiting(publishedWaiting));
    }
    return this;
  }

  private static long later(long nanos, long otherNanos) {
    return nanos - otherNanos > 0 ? nanos : otherNanos;
  }
}
