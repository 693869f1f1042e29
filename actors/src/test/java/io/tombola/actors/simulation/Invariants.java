package io.tombola.actors.simulation;

import io.tombola.actors.device.Trainer;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.replicate.ReplicatePlan;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.storage.StoreLayout;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What must be true of every simulation at every step; records the first violation. */
final class Invariants {

  private final Scenario scenario;
  private final SimulatedDisk disk;
  private final StoreLayout store;
  private final Map<String, OpenSession> sessions = new HashMap<>();
  private final Set<String> engines = new HashSet<>();
  private final Set<String> atFirstStep = new HashSet<>();
  private final Map<TrialId, Integer> reached = new HashMap<>();
  private final Set<ArtifactRef> damaged = new HashSet<>();
  private final Set<TrialId> excused = new HashSet<>();
  private Optional<String> violation = Optional.empty();

  Invariants(Scenario scenario, SimulatedDisk disk, StoreLayout store) {
    this.scenario = scenario;
    this.disk = disk;
    this.store = store;
  }

  /** Reports the first violation; thrown here because actors catch what is thrown in them. */
  void throwIfViolated() {
    if (violation.isPresent()) {
      throw new InvariantViolation(violation.get());
    }
  }

  /** The open session of each device. */
  Map<String, OpenSession> sessions() {
    return Map.copyOf(sessions);
  }

  void processEnded() {
    sessions.clear();
    engines.clear();
    atFirstStep.clear();
  }

  /** No invariant applies to this checkpoint from now on. */
  void checkpointDamaged(TrialId trial, ArtifactRef checkpoint) {
    excused.add(trial);
    damaged.add(checkpoint);
  }

  boolean isDamaged(ArtifactRef checkpoint) {
    return damaged.contains(checkpoint);
  }

  void engineOpened(String device) {
    require(engines.add(device), () -> "a device is opened twice at once: " + device);
  }

  void engineClosed(String device) {
    require(engines.remove(device), () -> "a device is closed that is not open: " + device);
    sessions.remove(device);
  }

  void sessionOpened(OpenSession session) {
    OpenSession other = sessions.put(session.device(), session);
    require(
        other == null, () -> "two trainings hold one device at once: " + other + " and " + session);
    session.trial().ifPresent(trial -> trialOpened(session.device(), trial));
  }

  private void trialOpened(String device, TrialId trial) {
    require(
        sessions.values().stream()
                .filter(session -> session.trial().equals(Optional.of(trial)))
                .count()
            == 1,
        () -> "a trial has two devices: " + trial + " has " + sessions);
    TrialState state = stored(trial).orElseThrow();
    require(
        state.trained().isEmpty() && !state.ended(),
        () -> "P1: what is stored as trained is trained again: " + trial);
    atFirstStep.add(device);
  }

  void sessionClosed(OpenSession session) {
    require(
        sessions.remove(session.device(), session), () -> "a training is closed twice: " + session);
  }

  /** The engine computes the step from {@code iteration} to the next. */
  void trains(OpenSession session, int iteration) {
    require(
        session.equals(sessions.get(session.device())),
        () -> "a closed training continues: " + session);
    if (session.trial().isEmpty()) {
      return;
    }
    TrialId trial = session.trial().get();
    if (atFirstStep.remove(session.device())) {
      beginsAt(trial, iteration);
    }
    reached.merge(trial, iteration + 1, Math::max);
  }

  private void beginsAt(TrialId trial, int iteration) {
    TrialState state = stored(trial).orElseThrow();
    int expected = state.checkpoint().map(c -> c.iteration()).orElse(state.start().iteration());
    require(
        iteration == expected,
        () ->
            "%s begins at iteration %d, but what is stored is %d"
                .formatted(trial, iteration, expected));
    int lost = Optional.ofNullable(reached.put(trial, iteration)).orElse(iteration) - iteration;
    int most = scenario.campaign().training().checkpointEvery();
    require(
        lost <= most || excused.remove(trial),
        () ->
            "P2: %s lost %d iterations, the checkpoint interval is %d"
                .formatted(trial, lost, most));
  }

  /** Called before {@code event} is stored. */
  void stores(String id, TombolaEvent event) {
    if (event instanceof TrialPrepared prepared) {
      require(
          trial(id, prepared.round(), prepared.arm()).isEmpty(), () -> "prepared twice: " + event);
    } else if (event instanceof TrialTrained trained) {
      require(
          trial(id, trained.round(), trained.arm())
              .filter(trial -> trial.trained().isEmpty() && !trial.ended())
              .isPresent(),
          () -> "P1: trained twice: " + event);
    } else if (event instanceof TrialEvaluated evaluated) {
      require(
          trial(id, evaluated.round(), evaluated.arm())
              .filter(trial -> trial.trained().isPresent() && !trial.ended())
              .isPresent(),
          () -> "P1: ends twice: " + event);
    } else if (event instanceof TrialFailed failed) {
      require(
          trial(id, failed.round(), failed.arm()).filter(trial -> !trial.ended()).isPresent(),
          () -> "P1: ends twice: " + event);
    }
  }

  /**
   * An actor handles a message: no request to a worker precedes the events that it follows from.
   */
  void messageTaken(HandledMessage handled) {
    Object message = handled.message();
    if (message instanceof Trainer.Train request) {
      TrialId trial = request.job().trial();
      requirePlanned(trial.replicate(), new Step.Train(trial.round(), trial.arm()));
    } else if (message instanceof Pruner.Prune request) {
      requirePlanned(request.replicate(), request.step());
    } else if (message instanceof Rewinder.Initialize request) {
      requirePlanned(request.replicate(), request.step());
    } else if (message instanceof Rewinder.Prepare request) {
      requirePlanned(request.replicate(), request.step());
    } else if (message instanceof Evaluator.Evaluate request) {
      require(
          disk.replicates().stream()
              .flatMap(
                  replicate ->
                      replicate.trial(request.step().round(), request.step().arm()).stream())
              .anyMatch(trial -> trial.trained().equals(Optional.of(request.trained()))),
          () -> "acts on an event that is not stored: " + request.step());
    }
  }

  private void requirePlanned(int replicate, Step step) {
    ReplicateState state = disk.replicate(replicate);
    require(
        state.campaign().isPresent() && ReplicatePlan.next(state).contains(step),
        () -> "acts on an event that is not stored: replicate " + replicate + ", " + step);
  }

  /** The end of a trial is stored before it is published. */
  void progressPublished(Progress progress) {
    if (progress instanceof Progress.TrialEnded end) {
      TrialId trial = end.record().trial();
      require(
          stored(trial).filter(TrialState::ended).isPresent(),
          () -> "an end is published that is not stored: " + trial);
    }
  }

  /** No device has a training. */
  void requireNoTraining() {
    require(
        sessions.values().stream().allMatch(session -> session.trial().isEmpty()),
        () -> "a paused campaign trains: " + sessions);
  }

  /** Every checkpoint that the journal refers to exists, so that a crash now loses nothing. */
  void requireCheckpoints() {
    for (ReplicateState replicate : disk.replicates()) {
      for (TrialState trial : replicate.trials()) {
        trial.checkpoint().ifPresent(checkpoint -> requireArtifact(checkpoint.artifact()));
      }
    }
  }

  /** Every artifact that the journal refers to exists. */
  void requireAllArtifacts() {
    disk.replicates().stream().flatMap(ReplicateState::artifacts).forEach(this::requireArtifact);
  }

  private void requireArtifact(ArtifactRef artifact) {
    if (!damaged.contains(artifact)) {
      require(
          Files.exists(store.artifact(artifact)),
          () -> "an artifact is missing that the journal refers to: " + artifact);
    }
  }

  private Optional<TrialState> trial(String id, int round, Arm arm) {
    return disk.replicate(SimulatedDisk.replicateOf(id)).trial(round, arm);
  }

  private Optional<TrialState> stored(TrialId trial) {
    return disk.replicate(trial.replicate()).trial(trial.round(), trial.arm());
  }

  void require(boolean held, Supplier<String> invariant) {
    if (!held && violation.isEmpty()) {
      violation = Optional.of(invariant.get());
    }
  }
}
