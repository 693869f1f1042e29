package io.tombola.actors.campaign;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The devices a replicate waits for and holds. Belongs to one supervisor. */
final class DeviceLeases {

  private final CampaignSpec campaign;
  private final int replicate;
  private final ActorRef<DevicePool.Command> pool;
  private final ActorRef<DevicePool.Reply> loans;
  private final ActorRef<Trainer.Report> reports;
  private final Set<Step.Train> waiting = new LinkedHashSet<>();
  private final Map<Step.Train, Held> leases = new LinkedHashMap<>();
  private final TrialReadiness chances;
  private Optional<Held> kept = Optional.empty();

  private record Held(Lease lease, LeaseUsage time) {}

  DeviceLeases(
      CampaignSpec campaign,
      int replicate,
      ActorRef<DevicePool.Command> pool,
      ActorRef<DevicePool.Reply> loans,
      ActorRef<Trainer.Report> reports) {
    this.campaign = campaign;
    this.replicate = replicate;
    this.pool = pool;
    this.loans = loans;
    this.reports = reports;
    this.chances = new TrialReadiness(campaign);
  }

  TrialId trialOf(Step.Train step) {
    return new TrialId(campaign.name(), replicate, step.round(), step.arm());
  }

  static Step.Train stepOf(TrialId trial) {
    return new Step.Train(trial.round(), trial.arm());
  }

  void ask(Step.Train step) {
    waiting.add(step);
    pool.tell(new DevicePool.Request(trialOf(step), loans, chances.sinceNanos(step)));
    if (step.arm().isChain()) {
      // Asked first, given back second: the chain keeps its turn ahead of waiting controls.
      giveBackKept();
    }
  }

  /** Whether the lease is wanted; one that is not goes back at once. */
  boolean accept(Step.Train step, DevicePool.Granted granted) {
    Lease lease = granted.lease();
    if (!waiting.remove(step)) {
      pool.tell(new DevicePool.Release(lease, Duration.ZERO));
      return false;
    }
    leases.put(step, new Held(lease, new LeaseUsage(lease.device(), granted.wantedNanos())));
    return true;
  }

  boolean holds(Step.Train step) {
    return leases.containsKey(step);
  }

  boolean holds(Step.Train step, Lease lease) {
    return leases.containsKey(step) && lease.equals(leases.get(step).lease());
  }

  /** Has the step's trainer go on from where {@code state} says it is. */
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
    leases.get(step).time().ordered();
    Lease lease = leases.get(step).lease();
    lease.trainer().tell(new Trainer.Train(job, lease, reports));
  }

  /** Has the step's trainer go on: the log holds {@code checkpoint}. */
  void kept(Step.Train step, CheckpointRef checkpoint) {
    Optional.ofNullable(leases.get(step))
        .map(Held::lease)
        .ifPresent(
            lease -> {
              lease.trainer().tell(new Trainer.CheckpointPersisted(lease.epoch(), checkpoint));
              pool.tell(new DevicePool.ProgressMade(lease));
            });
  }

  /** What the step's device did since this was last asked. */
  DeviceUsage time(Step.Train step, long computingMillis) {
    return leases.get(step).time().next(computingMillis);
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

  /** The step's device is free, or rests. */
  void release(Step.Train step, Duration rest) {
    Optional.ofNullable(leases.remove(step))
        .ifPresent(held -> pool.tell(new DevicePool.Release(held.lease(), rest)));
  }

  /** The step is trained: its device is free. */
  void free(Step.Train step) {
    trained(step).ifPresent(this::giveBack);
  }

  /** Holds the device back until the chain's next ticket has asked for one. */
  void keepForChain(Step.Train step) {
    giveBackKept();
    kept = trained(step);
  }

  private Optional<Held> trained(Step.Train step) {
    Optional<Held> held = Optional.ofNullable(leases.remove(step));
    held.ifPresent(device -> chances.trained(step, device.time().toldNanos()));
    return held;
  }

  void forget(Step.Train step) {
    waiting.remove(step);
    leases.remove(step);
  }

  boolean waitsFor(Step.Train step) {
    return waiting.contains(step);
  }

  void giveBackKept() {
    kept.ifPresent(this::giveBack);
    kept = Optional.empty();
  }

  /** Asks every trainer at work to stop; withdraws and returns the steps that still waited. */
  Set<Step.Train> halt() {
    giveBackKept();
    leases.values().stream()
        .map(Held::lease)
        .forEach(lease -> lease.trainer().tell(new Trainer.Stop(lease.epoch())));
    waiting.forEach(step -> pool.tell(new DevicePool.Withdraw(trialOf(step))));
    Set<Step.Train> withdrawn = Set.copyOf(waiting);
    waiting.clear();
    return withdrawn;
  }

  /** It did nothing since all it did was told. */
  private void giveBack(Held held) {
    pool.tell(new DevicePool.Release(held.lease(), Duration.ZERO, held.time().toldNanos()));
  }
}
