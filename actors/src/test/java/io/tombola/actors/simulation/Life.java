package io.tombola.actors.simulation;

import akka.actor.ActorRef;
import akka.actor.BootstrapSetup;
import akka.actor.PoisonPill;
import akka.actor.setup.ActorSystemSetup;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tombola.actors.Pipeline;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.NoSpaceException;
import io.tombola.storage.artifact.ArtifactStore;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/**
 * One process: an actor system with the real pipeline, from its start until its work has ended or
 * it is killed. Confined to one thread; killed by being forgotten.
 */
final class Life {

  /** How a process ended. */
  sealed interface End {}

  /** It was killed. */
  record Crashed() implements End {}

  /** It told its outcome. */
  record Told(CampaignOutcome outcome) implements End {}

  /** It could not go on. */
  record Failed(Throwable cause) implements End {}

  private static final Config CONFIG =
      ConfigFactory.parseResources("simulation.conf").withFallback(ConfigFactory.load()).resolve();
  // One for all, since configuration is read once for each.
  private static final ClassLoader CLASSES = new WithoutManifests();
  private static final String TRAINERS = "/user/devices/trainer-";
  private static final String SUPERVISORS = "/user/campaign/replicate-";

  private final World world;
  private final Turns turns;
  private final Map<String, ActorRef> trainers = new TreeMap<>();
  private final Map<String, Handling> lastOf = new HashMap<>();
  private Optional<Handling> now = Optional.empty();
  private Pipeline pipeline;
  private boolean killedInTraining;
  private int steps;

  Life(World world, Schedule schedule) {
    this.world = world;
    this.turns = new Turns(schedule);
  }

  /**
   * Lives.
   *
   * @param ends when it is to end early
   * @param wishes what its user orders, and when
   * @param most turns after which it is taken to go on for ever
   * @throws LawBroken if it does what it must not
   */
  End live(List<Faults.End> ends, List<User.Wish> wishes, int most) {
    pipeline = start();
    CompletableFuture<CampaignOutcome> outcome = pipeline.outcome().toCompletableFuture();
    while (!outcome.isDone()) {
      steps++;
      if (steps > most) {
        throw new LawBroken("it goes on for ever; " + whatHangs());
      }
      boolean crashes = ends.stream().filter(end -> end.step() == steps).anyMatch(this::ends);
      wishes.stream()
          .filter(wish -> wish.step() == steps)
          .map(User.Wish::order)
          .forEach(this::order);
      disturb();
      if (crashes || !turn()) {
        return new Crashed();
      }
    }
    return endOf(outcome);
  }

  /** Whether it ends at once. */
  private boolean ends(Faults.End end) {
    if (end.fault() == Fault.CRASH_IN_TRAINING) {
      killedInTraining = true;
      return false;
    }
    world.faults().count(end.fault(), 0, "turn " + steps);
    if (end.fault() == Fault.STOP) {
      pipeline.stop();
      return false;
    }
    return true;
  }

  private void order(ControlCommand order) {
    world.user().orders(order);
    world.trace().add("ordered " + order);
    pipeline.control(shape().campaign().name(), order);
  }

  /** Turns so far. */
  int steps() {
    return steps;
  }

  private Pipeline start() {
    WorkerResources bench =
        new WorkerResources(new ArtifactStore(world.store()), world.data(), world.clock());
    Pipeline.Settings settings =
        new Pipeline.Settings(
            world.store(),
            bench,
            world.shape().devices(),
            device -> Trainer.create(bench, device, () -> new FakeEngine(this, device)),
            FailurePolicy.DEFAULT,
            news -> world.laws().hears(news));
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(Optional.of(CLASSES), Optional.of(CONFIG), Optional.empty()),
            new LifeSetup(this));
    Provenance provenance = new Provenance(new TreeMap<>(), new TreeMap<>());
    Pipeline started =
        turns.starting(() -> Pipeline.start(settings, world.shape().campaign(), provenance, setup));
    world.clock().follow(turns.timers());
    return started;
  }

  /** Does what is next; false if the process was killed by it. */
  private boolean turn() {
    int ready = turns.ready();
    Runnable next =
        turns
            .next()
            .or(this::goesOnIfToldTo)
            .orElseThrow(() -> new LawBroken("it hangs for ever; " + whatHangs()));
    world.trace().add(ready);
    world.trace().add(turns.timers().now().toNanos());
    now = Optional.empty();
    try {
      next.run();
    } catch (Killed e) {
      return false;
    }
    if (now.filter(handled -> handled.actor().startsWith(SUPERVISORS)).isPresent()) {
      world.laws().nothingIsMissing();
    }
    world.laws().throwIfBroken();
    return true;
  }

  /** Nothing will ever happen: a campaign that waits for its user has put everything down. */
  private Optional<Runnable> goesOnIfToldTo() {
    Optional<ControlCommand> order =
        world.user().whenNothingHappens(world.disk().campaign().hold());
    order.ifPresent(
        goOn -> {
          laws().nothingIsTrained();
          order(goOn);
        });
    return order.flatMap(goOn -> turns.next());
  }

  private void disturb() {
    if (world.faults().strike(Fault.CLOCK_JUMP, 0, "the clock")) {
      world.clock().jump(Duration.ofDays(world.faults().choose(2) == 0 ? 1 : -1));
    }
    if (!trainers.isEmpty() && world.faults().strike(Fault.TRAINER_KILLED, 0, "some trainer")) {
      List<ActorRef> some = List.copyOf(trainers.values());
      some.get(world.faults().choose(some.size())).tell(PoisonPill.getInstance(), null);
    }
  }

  private static End endOf(CompletableFuture<CampaignOutcome> outcome) {
    try {
      return new Told(outcome.join());
    } catch (CompletionException e) {
      return new Failed(e.getCause());
    }
  }

  Turns turns() {
    return turns;
  }

  Disk disk() {
    return world.disk();
  }

  Shape shape() {
    return world.shape();
  }

  Laws laws() {
    return world.laws();
  }

  /** What is being handled. */
  Handling now() {
    return now.orElseThrow();
  }

  /** An actor came to be. */
  void born(ActorRef actor) {
    String path = actor.path().toStringWithoutAddress();
    if (path.startsWith(TRAINERS)) {
      trainers.put(path.substring(0, path.lastIndexOf('-')), actor);
    }
  }

  void takesUp(Handling handling) {
    now = Optional.of(handling);
    lastOf.put(handling.actor(), handling);
    world.trace().add(handling);
    world.laws().takesUp(handling);
  }

  /** Stores an event. */
  void store(String id, long sequence, TombolaEvent event, String writer) {
    world.laws().stores(id, event);
    if (event instanceof TrialFailed failed) {
      requireReason(Disk.replicateOf(id), failed);
    }
    world.trace().add("stored " + id + " " + sequence + " " + EventCodec.nameOf(event));
    world.disk().append(id, sequence, event, writer);
    world.laws().nothingIsMissing();
  }

  private void requireReason(int replicate, TrialFailed event) {
    TrialId trial = new TrialId(shape().campaign().name(), replicate, event.round(), event.arm());
    boolean held =
        event.failure().kind() == TrialFailure.Kind.DIVERGED
            ? shape().divergesAt(trial).isPresent()
            : !event.arm().isChain() && world.reasons().trialFails(replicate, event.failure());
    laws().require(held, () -> "P7: " + trial + " was given up for " + event.failure());
  }

  /** Whether a fault comes up in the journal of {@code id}. */
  boolean strike(Fault fault, String id) {
    return world.faults().strike(fault, Disk.replicateOf(id), id);
  }

  /** Does {@code work} on the disk, as soon as it comes to it; the future fails as it does. */
  <T> Future<T> afterDisk(String id, Supplier<T> work) {
    Promise<T> promise = Promise.apply();
    Runnable turn =
        () -> {
          try {
            promise.success(work.get());
          } catch (RuntimeException e) {
            promise.failure(e);
          }
        };
    Duration wait = disk(id);
    if (wait.isZero()) {
      turns.execute(turn);
    } else {
      turns.timers().after(wait, () -> turns.execute(turn));
    }
    return promise.future();
  }

  private Duration disk(String id) {
    if (strike(Fault.DISK_FROZEN, id)) {
      return Duration.ofSeconds(90);
    }
    return strike(Fault.DISK_SLOW, id)
        ? Duration.ofMillis(1 + world.faults().choose(20_000))
        : Duration.ZERO;
  }

  /** A device may fail to open. */
  void strikeTrainer(Fault fault, String device) {
    if (world.faults().strike(fault, 0, device)) {
      throw new IllegalStateException("simulated: no such device");
    }
  }

  /** A trainer's work may fail in the ways that it knows and those that it does not. */
  void sufferWork(String device) {
    if (killedInTraining) {
      world.faults().count(Fault.CRASH_IN_TRAINING, 0, device);
      throw new Killed();
    }
    Optional<TrialId> trial =
        now.map(Handling::message)
            .filter(Trainer.Train.class::isInstance)
            .map(message -> ((Trainer.Train) message).job().trial())
            .or(() -> Optional.ofNullable(laws().sessions().get(device)).flatMap(Work::trial));
    int replicate = trial.map(TrialId::replicate).orElse(0);
    String where = trial.map(TrialId::toString).orElse(device);
    if (world.faults().strike(Fault.OUT_OF_MEMORY, replicate, where)) {
      throw new OutOfMemoryError("simulated");
    }
    if (world.faults().strike(Fault.BUG, replicate, where)) {
      throw new IllegalStateException("simulated: a bug");
    }
    if (world.faults().strike(Fault.NO_SPACE, replicate, where)) {
      throw new NoSpaceException("simulated", new IOException("no space left"));
    }
    if (world.faults().strike(Fault.TRAINER_DIES, replicate, where)) {
      throw new AssertionError("simulated: the trainer dies");
    }
  }

  private String whatHangs() {
    StringBuilder words = new StringBuilder("waiting: ");
    world.disk().replicates().stream()
        .flatMap(
            replicate ->
                replicate.trials().stream()
                    .filter(trial -> !trial.ended())
                    .map(t -> replicate.replicate() + "/" + t.round() + "/" + t.arm()))
        .forEach(trial -> words.append(trial).append(' '));
    words.append("; at work: ").append(world.laws().sessions());
    words.append("; each actor's last message:");
    new TreeMap<>(lastOf)
        .values().stream()
            .filter(last -> last.actor().startsWith("/user"))
            .forEach(last -> words.append("\n  ").append(last));
    return words.toString();
  }
}
