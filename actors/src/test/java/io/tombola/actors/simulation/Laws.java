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

/** What must be true of every simulation at every moment; remembers the first that is not. */
final class Laws {

  private final Shape shape;
  private final Disk disk;
  private final StoreLayout store;
  private final Map<String, Work> sessions = new HashMap<>();
  private final Set<String> engines = new HashSet<>();
  private final Set<String> atFirstStep = new HashSet<>();
  private final Map<TrialId, Integer> reached = new HashMap<>();
  private final Set<ArtifactRef> damaged = new HashSet<>();
  private final Set<TrialId> excused = new HashSet<>();
  private Optional<String> broken = Optional.empty();

  Laws(Shape shape, Disk disk, StoreLayout store) {
    this.shape = shape;
    this.disk = disk;
    this.store = store;
  }

  /** Names the first law that was broken; thrown here because actors catch what they throw. */
  void throwIfBroken() {
    if (broken.isPresent()) {
      throw new LawBroken(broken.get());
    }
  }

  /** What every device is at. */
  Map<String, Work> sessions() {
    return Map.copyOf(sessions);
  }

  void processGone() {
    sessions.clear();
    engines.clear();
    atFirstStep.clear();
  }

  /** From now on nothing is expected of this checkpoint. */
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

  void sessionOpened(Work work) {
    Work other = sessions.put(work.device(), work);
    require(
        other == null, () -> "two trainings hold one device at once: " + other + " and " + work);
    work.trial().ifPresent(trial -> trialOpened(work.device(), trial));
  }

  private void trialOpened(String device, TrialId trial) {
    require(
        sessions.values().stream().filter(work -> work.trial().equals(Optional.of(trial))).count()
            == 1,
        () -> "a trial has two devices: " + trial + " has " + sessions);
    TrialState state = stored(trial).orElseThrow();
    require(
        state.trained().isEmpty() && !state.ended(),
        () -> "P1: what is stored as trained is trained again: " + trial);
    atFirstStep.add(device);
  }

  void sessionClosed(Work work) {
    require(sessions.remove(work.device(), work), () -> "a training is closed twice: " + work);
  }

  /** The engine does the step from {@code iteration} to the next. */
  void trains(Work work, int iteration) {
    require(work.equals(sessions.get(work.device())), () -> "a closed training goes on: " + work);
    if (work.trial().isEmpty()) {
      return;
    }
    TrialId trial = work.trial().get();
    if (atFirstStep.remove(work.device())) {
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
    int most = shape.campaign().training().checkpointEvery();
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

  /** An actor takes a message up: a worker is asked for nothing that the log does not lead to. */
  void takesUp(Handling handling) {
    Object message = handling.message();
    if (message instanceof Trainer.Train ask) {
      TrialId trial = ask.job().trial();
      requirePlanned(trial.replicate(), new Step.Train(trial.round(), trial.arm()));
    } else if (message instanceof Pruner.Prune ask) {
      requirePlanned(ask.replicate(), ask.step());
    } else if (message instanceof Rewinder.Initialize ask) {
      requirePlanned(ask.replicate(), ask.step());
    } else if (message instanceof Rewinder.Prepare ask) {
      requirePlanned(ask.replicate(), ask.step());
    } else if (message instanceof Evaluator.Evaluate ask) {
      require(
          disk.replicates().stream()
              .flatMap(replicate -> replicate.trial(ask.step().round(), ask.step().arm()).stream())
              .anyMatch(trial -> trial.trained().equals(Optional.of(ask.trained()))),
          () -> "acts on what is not stored: " + ask.step());
    }
  }

  private void requirePlanned(int replicate, Step step) {
    ReplicateState state = disk.replicate(replicate);
    require(
        state.campaign().isPresent() && ReplicatePlan.next(state).contains(step),
        () -> "acts on what is not stored: replicate " + replicate + ", " + step);
  }

  /** News of an end is of one that is stored. */
  void hears(Progress news) {
    if (news instanceof Progress.TrialEnded end) {
      TrialId trial = end.record().trial();
      require(
          stored(trial).filter(TrialState::ended).isPresent(),
          () -> "an end is told that is not stored: " + trial);
    }
  }

  /** No device has a training. */
  void nothingIsTrained() {
    require(
        sessions.values().stream().allMatch(work -> work.trial().isEmpty()),
        () -> "a paused campaign goes on: " + sessions);
  }

  /** Whatever happens now, nothing that the log refers to is missing. */
  void nothingIsMissing() {
    for (ReplicateState replicate : disk.replicates()) {
      for (TrialState trial : replicate.trials()) {
        trial.checkpoint().ifPresent(checkpoint -> requireArtifact(checkpoint.artifact()));
      }
    }
  }

  /** The same, looking at everything. */
  void nothingAtAllIsMissing() {
    disk.replicates().stream().flatMap(ReplicateState::artifacts).forEach(this::requireArtifact);
  }

  private void requireArtifact(ArtifactRef artifact) {
    if (!damaged.contains(artifact)) {
      require(
          Files.exists(store.artifact(artifact)),
          () -> "an artifact is gone that the log refers to: " + artifact);
    }
  }

  private Optional<TrialState> trial(String id, int round, Arm arm) {
    return disk.replicate(Disk.replicateOf(id)).trial(round, arm);
  }

  private Optional<TrialState> stored(TrialId trial) {
    return disk.replicate(trial.replicate()).trial(trial.round(), trial.arm());
  }

  void require(boolean held, Supplier<String> law) {
    if (!held && broken.isEmpty()) {
      broken = Optional.of(law.get());
    }
  }
}
