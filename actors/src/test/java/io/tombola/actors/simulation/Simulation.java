package io.tombola.actors.simulation;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.actors.simulation.Faults.Strike;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ControlDecision;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.artifact.ArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * One campaign from its first process to its last: whenever one ends before the work is done, the
 * user types the same command again.
 */
final class Simulation {

  private static final int PATIENCE = 20;
  private static final int STEPS_AT_LEAST = 5_000;

  private final World world;
  private final IntFunction<Schedule> schedules;
  private int steps;

  /** A simulation; {@code schedules} has the schedule of each process, from 1. */
  Simulation(World world, IntFunction<Schedule> schedules) {
    this.world = world;
    this.schedules = schedules;
  }

  /**
   * Runs it.
   *
   * @param usual turns that the campaign takes undisturbed, about
   * @throws LawBroken if something happens that must not
   */
  Result run(int usual) {
    boolean done = false;
    for (int run = 1; !done; run++) {
      world.faults().beginRun();
      Life life = new Life(world, schedules.apply(run));
      Life.End end =
          life.live(
              world.faults().ends(usual),
              world.user().wishes(usual),
              STEPS_AT_LEAST + PATIENCE * usual);
      steps += life.steps();
      world.laws().processGone();
      world.laws().nothingAtAllIsMissing();
      done = judge(end);
      world.laws().throwIfBroken();
      if (!done) {
        damageCheckpoint();
      }
    }
    return result();
  }

  /** Whether all is done; every other end has its reason. */
  private boolean judge(Life.End end) {
    if (end instanceof Life.Failed failed) {
      requireReason(world.reasons().campaignFails(), "the run failed: " + failed.cause());
      return false;
    }
    if (end instanceof Life.Told told) {
      return judge(told.outcome());
    }
    return false;
  }

  private boolean judge(CampaignOutcome outcome) {
    return switch (outcome.kind()) {
      case INTERRUPTED -> {
        requireReason(world.reasons().struck(Fault.STOP), "it was interrupted");
        yield false;
      }
      case CANCELLED -> {
        requireReason(world.user().cancelled(), "it was cancelled");
        takeBack();
        yield false;
      }
      case PAUSED -> {
        requireReason(world.reasons().struck(Fault.NO_SPACE), "it was paused");
        yield false;
      }
      case FINISHED -> {
        outcome
            .state()
            .abandoned()
            .forEach(
                (replicate, failure) ->
                    requireReason(
                        world.reasons().givesUp(replicate, failure),
                        "P7: replicate " + replicate + " was given up for " + failure));
        yield outcome.state().abandoned().values().stream()
            .allMatch(failure -> failure.kind() == TrialFailure.Kind.DIVERGED);
      }
    };
  }

  /** Nobody works on the campaign: the user enters it into the log. */
  private void takeBack() {
    String log = JournalId.campaign(world.shape().campaign().name());
    CampaignState campaign = world.disk().campaign();
    ControlDecision ruling = ControlCommand.RESUME.decide(campaign, world.clock().instant());
    requireReason(ruling instanceof ControlDecision.Accepted, "it was cancelled, by its outcome");
    if (ruling instanceof ControlDecision.Accepted granted) {
      long next = world.disk().rows(log).size() + 1L;
      world.disk().append(log, next, granted.event(), "user-" + next);
    }
  }

  private void requireReason(boolean held, String what) {
    world.laws().require(held, () -> what + ", but nothing led to it");
  }

  private void damageCheckpoint() {
    for (ReplicateState replicate : world.disk().replicates()) {
      replicate.trials().stream()
          .filter(trial -> trial.checkpoint().isPresent())
          .forEach(
              trial ->
                  damage(
                      new TrialId(
                          world.shape().campaign().name(),
                          replicate.replicate(),
                          trial.round(),
                          trial.arm()),
                      trial.checkpoint().get().artifact()));
    }
  }

  private void damage(TrialId trial, ArtifactRef checkpoint) {
    Path file = world.store().artifact(checkpoint);
    if (world.laws().isDamaged(checkpoint)
        || !world.faults().strike(Fault.CHECKPOINT_DAMAGED, trial.replicate(), "" + trial)) {
      return;
    }
    world.laws().checkpointDamaged(trial, checkpoint);
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

  private Result result() {
    ArtifactStore artifacts = new ArtifactStore(world.store());
    world.disk().replicates().stream()
        .flatMap(ReplicateState::artifacts)
        .flatMap(artifact -> artifacts.problem(artifact).stream())
        .forEach(problem -> world.laws().require(false, () -> "P5: damaged: " + problem));
    world.laws().throwIfBroken();
    return Result.of(world.disk().replicates(), steps, world.trace().hash());
  }

  /** The faults that came up, for an error. */
  String story() {
    return world.faults().all().stream().map(Strike::toString).collect(Collectors.joining("\n  "));
  }
}
