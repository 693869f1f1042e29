package io.tombola.actors.replicate;

import akka.actor.typed.ActorRef;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Lease;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.DeviceUsage;
import io.tombola.protocol.trial.TrainJob;
import io.tombola.protocol.trial.TrainedTrial;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The devices that a replicate's trainings have leased, wait for, or keep for the next ticket.
 * Belongs to one supervisor.
 */
final class DeviceLeases {

  private final CampaignSpec campaign;
  private final int replicate;
  private final ActorRef<DevicePool.Command> pool;
  private final ActorRef<DevicePool.Reply> poolReplies;
  private final ActorRef<Trainer.Report> trainerReports;
  private final TrialReadiness readiness;
  private final Set<Step.Train> waiting = new LinkedHashSet<>();
  private final Map<Step.Train, Held> leases = new LinkedHashMap<>();
  private final Set<Step.Train> stopped = new HashSet<>();
  private Optional<Held> keptForChain = Optional.empty();

  private record Held(Lease lease, LeaseUsage usage) {}

  DeviceLeases(
      CampaignSpec campaign,
      int replicate,
      ActorRef<DevicePool.Command> pool,
      ActorRef<DevicePool.Reply> poolReplies,
      ActorRef<Trainer.Report> trainerReports) {
    this.campaign = campaign;
    this.replicate = replicate;
    this.pool = pool;
    this.poolReplies = poolReplies;
    this.trainerReports = trainerReports;
    this.readiness = new TrialReadiness(campaign);
  }

  private TrialId trialOf(Step.Train step) {
    return new TrialId(campaign.name(), replicate, step.round(), step.arm());
  }

  static Step.Train stepOf(TrialId trial) {
    return new Step.Train(trial.round(), trial.arm());
  }

  void request(Step.Train step) {
    waiting.add(step);
    pool.tell(new DevicePool.Request(trialOf(step), poolReplies, readiness.sinceNanos(step)));
    if (step.arm().isChain()) {
      // Requested before it is released: so the chain comes before waiting controls.
      releaseKept();
    }
  }

  /** Whether the step still waits for the lease; a lease that none waits for is released. */
  boolean accept(Step.Train step, DevicePool.Granted granted) {
    Lease lease = granted.lease();
    if (!waiting.remove(step)) {
      pool.tell(new DevicePool.Release(lease, Duration.ZERO));
      return false;
    }
    leases.put(step, new Held(lease, new LeaseUsage(lease.device(), granted.demandedNanos())));
    return true;
  }

  boolean holds(Step.Train step) {
    return leases.containsKey(step);
  }

  boolean holds(Step.Train step, Lease lease) {
    return Optional.ofNullable(leases.get(step)).map(Held::lease).filter(lease::equals).isPresent();
  }

  boolean waitsFor(Step.Train step) {
    return waiting.contains(step);
  }

  /** Starts the step's training on its device, from where {@code state} says it is. */
  void train(ReplicateState state, Step.Train step) {
    TrialState trial = state.trial(step.round(), step.arm()).orElseThrow();
    TrainJob job =
        new TrainJob(
            trialOf(step),
            campaign,
            trial.start(),
            trial.engine(),
            trial.checkpoint(),
            ticketOf(state, step));
    Held held = held(step);
    held.usage().trainingStarted();
    Lease lease = held.lease();
    lease.trainer().tell(new Trainer.Train(job, lease, trainerReports));
  }

  /** Final weights of the ticket that a copy is compared with. */
  private static Optional<ArtifactRef> ticketOf(ReplicateState state, Step.Train step) {
    return step.arm().kind() == Arm.Kind.ORDER
        ? state
            .trial(step.round(), Arm.TICKET)
            .flatMap(TrialState::trained)
            .map(TrainedTrial::weights)
        : Optional.empty();
  }

  /** Tells the step's trainer that {@code checkpoint} is persisted: it may train past it. */
  void acknowledge(Step.Train step, CheckpointRef checkpoint) {
    Lease lease = held(step).lease();
    lease.trainer().tell(new Trainer.CheckpointPersisted(lease.epoch(), checkpoint));
    pool.tell(new DevicePool.ProgressMade(lease));
  }

  /** The step's trainer has stopped and awaits no acknowledgement. */
  void trainerStopped(Step.Train step) {
    stopped.add(step);
  }

  boolean hasTrainerStopped(Step.Train step) {
    return stopped.contains(step);
  }

  /** What the step's device did since the last call. */
  DeviceUsage usage(Step.Train step, long computingMillis) {
    return held(step).usage().next(computingMillis);
  }

  /** Releases the step's device, if it has one; the pool does not lease it for {@code rest}. */
  void release(Step.Train step, Duration rest) {
    remove(step).ifPresent(held -> pool.tell(new DevicePool.Release(held.lease(), rest)));
  }

  /** Releases the device of a step that is trained. */
  void releaseTrained(Step.Train step) {
    trained(step).ifPresent(this::releaseIdle);
  }

  /** Keeps the device of a step that is trained until the chain's next ticket has requested one. */
  void keepForChain(Step.Train step) {
    releaseKept();
    keptForChain = trained(step);
  }

  private Held held(Step.Train step) {
    return Optional.ofNullable(leases.get(step))
        .orElseThrow(() -> new IllegalStateException(step + " holds no lease"));
  }

  private Optional<Held> trained(Step.Train step) {
    Optional<Held> held = remove(step);
    held.ifPresent(device -> readiness.trained(step, device.usage().reportedUntilNanos()));
    return held;
  }

  /** The step's lease is void, or its request is answered. */
  void forget(Step.Train step) {
    waiting.remove(step);
    remove(step);
  }

  private Optional<Held> remove(Step.Train step) {
    stopped.remove(step);
    return Optional.ofNullable(leases.remove(step));
  }

  /** Asks every trainer to stop; withdraws and returns the requests that still waited. */
  Set<Step.Train> stopAll() {
    releaseKept();
    leases.values().stream()
        .map(Held::lease)
        .forEach(lease -> lease.trainer().tell(new Trainer.Stop(lease.epoch())));
    waiting.forEach(step -> pool.tell(new DevicePool.Withdraw(trialOf(step))));
    Set<Step.Train> withdrawn = Set.copyOf(waiting);
    waiting.clear();
    return withdrawn;
  }

  private void releaseKept() {
    keptForChain.ifPresent(this::releaseIdle);
    keptForChain = Optional.empty();
  }

  /** The device has been idle since its usage was last reported. */
  private void releaseIdle(Held held) {
    pool.tell(
        new DevicePool.Release(held.lease(), Duration.ZERO, held.usage().reportedUntilNanos()));
  }
}
