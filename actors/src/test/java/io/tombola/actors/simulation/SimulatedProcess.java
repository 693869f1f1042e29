package io.tombola.actors.simulation;

import akka.actor.ActorRef;
import akka.actor.BootstrapSetup;
import akka.actor.PoisonPill;
import akka.actor.setup.ActorSystemSetup;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
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
 * it is killed. Confined to one thread; a killed process is simply never run again.
 */
final class SimulatedProcess {

  /** How a process ended. */
  sealed interface End {}

  /** It was killed. */
  record Crashed() implements End {}

  /** It reported its outcome. */
  record Concluded(CampaignOutcome outcome) implements End {}

  /** It failed. */
  record Failed(Throwable cause) implements End {}

  private static final Config CONFIG =
      complete(ConfigFactory.parseResources("simulation.conf").withFallback(ConfigFactory.load()));
  // One for all, since each class loader reads the configuration again.
  private static final ClassLoader CLASSES = new QuickClassLoader();
  private static final String TRAINERS = "/user/devices/trainer-";
  private static final String SUPERVISORS = "/user/campaign/replicate-";

  private final SimulationContext world;
  private final TaskQueue tasks;
  private final Map<String, ActorRef> trainers = new TreeMap<>();
  private final Map<String, HandledMessage> lastOf = new HashMap<>();
  private Optional<HandledMessage> now = Optional.empty();
  private Pipeline pipeline;
  private boolean killedInTraining;
  private int steps;

  SimulatedProcess(SimulationContext world, Schedule schedule) {
    this.world = world;
    this.tasks = new TaskQueue(schedule);
  }

  /**
   * Ends the fallbacks of a configuration: an object over a value that is no object takes nothing
   * from what is below. Each actor system would merge the same defaults again.
   */
  private static Config complete(Config config) {
    ConfigObject root = config.resolve().root();
    return root.withFallback(ConfigValueFactory.fromAnyRef("")).toConfig();
  }

  /**
   * Runs it to its end.
   *
   * @param ends when it ends early
   * @param commands what its user commands, and when
   * @param maxSteps after which it is considered to run forever
   * @throws InvariantViolation if it violates one
   */
  End run(List<FaultInjector.End> ends, List<SimulatedUser.TimedCommand> commands, int maxSteps) {
    pipeline = start();
    CompletableFuture<CampaignOutcome> outcome = pipeline.outcome().toCompletableFuture();
    while (!outcome.isDone()) {
      steps++;
      if (steps > maxSteps) {
        throw new InvariantViolation("it runs forever; " + describeHang());
      }
      boolean crashes = ends.stream().filter(end -> end.step() == steps).anyMatch(this::ends);
      commands.stream()
          .filter(command -> command.step() == steps)
          .map(SimulatedUser.TimedCommand::command)
          .forEach(this::control);
      injectFaults();
      if (crashes || !step()) {
        return new Crashed();
      }
    }
    return endOf(outcome);
  }

  /** Whether it ends at once. */
  private boolean ends(FaultInjector.End end) {
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

  private void control(ControlCommand command) {
    world.user().issued(command);
    world.trace().add("commanded " + command);
    pipeline.control(scenario().campaign().name(), command);
  }

  /** The number of steps so far. */
  int steps() {
    return steps;
  }

  private Pipeline start() {
    WorkerResources resources =
        new WorkerResources(new ArtifactStore(world.store()), world.data(), world.clock());
    Pipeline.Settings settings =
        new Pipeline.Settings(
            world.store(),
            resources,
            world.scenario().devices(),
            device -> Trainer.create(resources, device, () -> new FakeEngine(this, device)),
            FailurePolicy.DEFAULT,
            news -> world.invariants().progressPublished(news));
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(Optional.of(CLASSES), Optional.of(CONFIG), Optional.empty()),
            new SimulatedProcessSetup(this));
    Provenance provenance = new Provenance(new TreeMap<>(), new TreeMap<>());
    Pipeline started =
        tasks.starting(
            () -> Pipeline.start(settings, world.scenario().campaign(), provenance, setup));
    world.clock().follow(tasks.timers());
    return started;
  }

  /** Runs the next task; false if it killed the process. */
  private boolean step() {
    int ready = tasks.ready();
    Runnable next =
        tasks
            .next()
            .or(this::resumeIfPaused)
            .orElseThrow(() -> new InvariantViolation("it hangs; " + describeHang()));
    world.trace().add(ready);
    world.trace().add(tasks.timers().now().toNanos());
    now = Optional.empty();
    try {
      next.run();
    } catch (ProcessKilled e) {
      return false;
    }
    if (now.filter(handled -> handled.actor().startsWith(SUPERVISORS)).isPresent()) {
      world.invariants().requireCheckpoints();
    }
    world.invariants().throwIfViolated();
    return true;
  }

  /** No task and no timer is left: a paused campaign has stopped every training. */
  private Optional<Runnable> resumeIfPaused() {
    Optional<ControlCommand> command = world.user().whenIdle(world.disk().campaign().hold());
    command.ifPresent(
        resume -> {
          invariants().requireNoTraining();
          control(resume);
        });
    return command.flatMap(resume -> tasks.next());
  }

  private void injectFaults() {
    if (world.faults().inject(Fault.CLOCK_JUMP, 0, "the clock")) {
      world.clock().jump(Duration.ofDays(world.faults().choose(2) == 0 ? 1 : -1));
    }
    if (!trainers.isEmpty() && world.faults().inject(Fault.TRAINER_KILLED, 0, "some trainer")) {
      List<ActorRef> some = List.copyOf(trainers.values());
      some.get(world.faults().choose(some.size())).tell(PoisonPill.getInstance(), null);
    }
  }

  private static End endOf(CompletableFuture<CampaignOutcome> outcome) {
    try {
      return new Concluded(outcome.join());
    } catch (CompletionException e) {
      return new Failed(e.getCause());
    }
  }

  TaskQueue tasks() {
    return tasks;
  }

  SimulatedDisk disk() {
    return world.disk();
  }

  Scenario scenario() {
    return world.scenario();
  }

  Invariants invariants() {
    return world.invariants();
  }

  /** The message that is being handled. */
  HandledMessage currentMessage() {
    return now.orElseThrow();
  }

  /** An actor is created. */
  void actorCreated(ActorRef actor) {
    String path = actor.path().toStringWithoutAddress();
    if (path.startsWith(TRAINERS)) {
      trainers.put(path.substring(0, path.lastIndexOf('-')), actor);
    }
  }

  void messageTaken(HandledMessage handled) {
    now = Optional.of(handled);
    lastOf.put(handled.actor(), handled);
    world.trace().add(handled);
    world.invariants().messageTaken(handled);
  }

  /** Stores an event. */
  void store(String id, long sequence, TombolaEvent event, String writer) {
    world.invariants().stores(id, event);
    if (event instanceof TrialFailed failed) {
      requireExplained(SimulatedDisk.replicateOf(id), failed);
    }
    world.trace().add("stored " + id + " " + sequence + " " + EventCodec.nameOf(event));
    world.disk().append(id, sequence, event, writer);
    world.invariants().requireCheckpoints();
  }

  private void requireExplained(int replicate, TrialFailed event) {
    TrialId trial =
        new TrialId(scenario().campaign().name(), replicate, event.round(), event.arm());
    boolean held =
        event.failure().kind() == TrialFailure.Kind.DIVERGED
            ? scenario().divergesAt(trial).isPresent()
            : !event.arm().isChain() && world.expected().mayFailTrial(replicate, event.failure());
    invariants().require(held, () -> "P7: " + trial + " was abandoned for " + event.failure());
  }

  /** Whether a fault is injected into the journal of {@code id}. */
  boolean inject(Fault fault, String id) {
    return world.faults().inject(fault, SimulatedDisk.replicateOf(id), id);
  }

  /** Runs {@code work} after the delay of the disk; the future fails if it does. */
  <T> Future<T> afterDisk(String id, Supplier<T> work) {
    Promise<T> promise = Promise.apply();
    Runnable task =
        () -> {
          try {
            promise.success(work.get());
          } catch (RuntimeException e) {
            promise.failure(e);
          }
        };
    Duration wait = disk(id);
    if (wait.isZero()) {
      tasks.execute(task);
    } else {
      tasks.timers().after(wait, () -> tasks.execute(task));
    }
    return promise.future();
  }

  private Duration disk(String id) {
    if (inject(Fault.DISK_FROZEN, id)) {
      return Duration.ofSeconds(90);
    }
    return inject(Fault.DISK_SLOW, id)
        ? Duration.ofMillis(1 + world.faults().choose(20_000))
        : Duration.ZERO;
  }

  /** A device may fail to open. */
  void injectOpenFault(Fault fault, String device) {
    if (world.faults().inject(fault, 0, device)) {
      throw new IllegalStateException("simulated: no such device");
    }
  }

  /** A trainer's work may fail in expected and in unexpected ways. */
  void injectWorkFaults(String device) {
    if (killedInTraining) {
      world.faults().count(Fault.CRASH_IN_TRAINING, 0, device);
      throw new ProcessKilled();
    }
    Optional<TrialId> trial =
        now.map(HandledMessage::message)
            .filter(Trainer.Train.class::isInstance)
            .map(message -> ((Trainer.Train) message).job().trial())
            .or(
                () ->
                    Optional.ofNullable(invariants().sessions().get(device))
                        .flatMap(OpenSession::trial));
    int replicate = trial.map(TrialId::replicate).orElse(0);
    String where = trial.map(TrialId::toString).orElse(device);
    if (world.faults().inject(Fault.OUT_OF_MEMORY, replicate, where)) {
      throw new OutOfMemoryError("simulated");
    }
    if (world.faults().inject(Fault.BUG, replicate, where)) {
      throw new IllegalStateException("simulated: a bug");
    }
    if (world.faults().inject(Fault.NO_SPACE, replicate, where)) {
      throw new NoSpaceException("simulated", new IOException("no space left"));
    }
    if (world.faults().inject(Fault.TRAINER_DIES, replicate, where)) {
      throw new AssertionError("simulated: the trainer dies");
    }
  }

  private String describeHang() {
    StringBuilder report = new StringBuilder("waiting: ");
    world.disk().replicates().stream()
        .flatMap(
            replicate ->
                replicate.trials().stream()
                    .filter(trial -> !trial.ended())
                    .map(t -> replicate.replicate() + "/" + t.round() + "/" + t.arm()))
        .forEach(trial -> report.append(trial).append(' '));
    report.append("; at work: ").append(world.invariants().sessions());
    report.append("; each actor's last message:");
    new TreeMap<>(lastOf)
        .values().stream()
            .filter(last -> last.actor().startsWith("/user"))
            .forEach(last -> report.append("\n  ").append(last));
    return report.toString();
  }
}
