package io.tombola.actors.simulation;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.actors.simulation.FaultInjector.InjectedFault;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ControlDecision;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.artifact.CorruptArtifactException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * One campaign from its first process to its last: whenever a process ends before the campaign
 * does, the user runs the same command again.
 */
final class Simulation {

  private static final int MAX_SLOWDOWN = 20;
  private static final int MIN_STEPS = 5_000;

  private final SimulationContext world;
  private final IntFunction<Schedule> schedules;
  private int steps;

  /** A simulation; {@code schedules} has the schedule of each process, from 1. */
  Simulation(SimulationContext world, IntFunction<Schedule> schedules) {
    this.world = world;
    this.schedules = schedules;
  }

  /**
   * Runs it.
   *
   * @param usual the number of steps that the campaign takes without faults, about
   * @throws InvariantViolation if it violates one
   */
  SimulationResult run(int usual) {
    boolean done = false;
    for (int run = 1; !done; run++) {
      world.faults().beginRun();
      SimulatedProcess process = new SimulatedProcess(world, schedules.apply(run));
      SimulatedProcess.End end =
          process.run(
              world.faults().ends(usual),
              world.user().commands(usual),
              MIN_STEPS + MAX_SLOWDOWN * usual);
      steps += process.steps();
      world.invariants().processEnded();
      world.invariants().requireAllArtifacts();
      done = isDone(end);
      world.invariants().throwIfViolated();
      if (!done) {
        damageCheckpoint();
      }
    }
    return result();
  }

  /** Whether the campaign is done; any other end must be explained by a fault. */
  private boolean isDone(SimulatedProcess.End end) {
    if (end instanceof SimulatedProcess.Failed failed) {
      requireExplained(world.expected().mayFailCampaign(), "the run failed: " + failed.cause());
      return false;
    }
    if (end instanceof SimulatedProcess.Concluded concluded) {
      return isDone(concluded.outcome());
    }
    return false;
  }

  private boolean isDone(CampaignOutcome outcome) {
    return switch (outcome.kind()) {
      case INTERRUPTED -> {
        requireExplained(world.expected().wasInjected(Fault.STOP), "it was interrupted");
        yield false;
      }
      case CANCELLED -> {
        requireExplained(world.user().cancelled(), "it was cancelled");
        revokeCancellation();
        yield false;
      }
      case STOPPED_BY_FAILURE -> {
        requireExplained(
            world.expected().wasInjected(Fault.NO_SPACE), "it was stopped by a failure");
        yield false;
      }
      case FINISHED -> {
        outcome
            .state()
            .abandoned()
            .forEach(
                (replicate, failure) ->
                    requireExplained(
                        world.expected().mayAbandon(replicate, failure),
                        "P7: replicate " + replicate + " was abandoned for " + failure));
        yield outcome.state().abandoned().values().stream()
            .allMatch(failure -> failure.kind() == TrialFailure.Kind.DIVERGED);
      }
    };
  }

  /** No process runs the campaign: the user's command goes directly to the journal. */
  private void revokeCancellation() {
    String journal = JournalId.campaign(world.scenario().campaign().name());
    CampaignState campaign = world.disk().campaign();
    ControlDecision decision = ControlCommand.RESUME.decide(campaign, world.clock().instant());
    requireExplained(
        decision instanceof ControlDecision.Accepted, "it was cancelled, by its outcome");
    if (decision instanceof ControlDecision.Accepted accepted) {
      long next = world.disk().rows(journal).size() + 1L;
      world.disk().append(journal, next, accepted.event(), "user-" + next);
    }
  }

  private void requireExplained(boolean held, String what) {
    world.invariants().require(held, () -> what + ", but no fault explains it");
  }

  private void damageCheckpoint() {
    for (ReplicateState replicate : world.disk().replicates()) {
      replicate.trials().stream()
          .filter(trial -> trial.checkpoint().isPresent())
          .forEach(
              trial ->
                  damage(
                      new TrialId(
                          world.scenario().campaign().name(),
                          replicate.replicate(),
                          trial.round(),
                          trial.arm()),
                      trial.checkpoint().get().artifact()));
    }
  }

  private void damage(TrialId trial, ArtifactRef checkpoint) {
    Path file = world.store().artifact(checkpoint);
    if (world.invariants().isDamaged(checkpoint)
        || !world.faults().inject(Fault.CHECKPOINT_DAMAGED, trial.replicate(), "" + trial)) {
      return;
    }
    world.invariants().checkpointDamaged(trial, checkpoint);
    try {
      switch (world.faults().choose(3)) {
        case 0 -> Files.delete(file);
        case 1 -> Files.write(file, new byte[0]);
        default -> {
          byte[] bytes = Files.readAllBytes(file);
          bytes[world.faults().choose(bytes.length)] ^= 1;
          Files.write(file, bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SimulationResult result() {
    ArtifactStore artifacts = new ArtifactStore(world.store());
    world.disk().replicates().stream()
        .flatMap(ReplicateState::artifacts)
        .flatMap(artifact -> artifacts.damage(artifact).stream())
        .map(CorruptArtifactException::getMessage)
        .forEach(problem -> world.invariants().require(false, () -> "P5: damaged: " + problem));
    world.invariants().throwIfViolated();
    return SimulationResult.of(world.disk().replicates(), steps, world.trace().hash());
  }

  /** The faults that were injected, for an error message. */
  String injectedFaults() {
    return world.faults().all().stream()
        .map(InjectedFault::toString)
        .collect(Collectors.joining("\n  "));
  }
}
