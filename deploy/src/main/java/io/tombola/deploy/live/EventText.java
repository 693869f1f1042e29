package io.tombola.deploy.live;

import io.tombola.deploy.report.NumberText;
import io.tombola.protocol.Arm;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignForked;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.CampaignEvent.ReplicateCompleted;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.event.TombolaEvent;

/** Events in words. */
final class EventText {

  private EventText() {}

  static String of(TombolaEvent event) {
    return event instanceof CampaignEvent own ? text(own) : text((ReplicateEvent) event);
  }

  private static String text(CampaignEvent event) {
    if (event instanceof CampaignStarted started) {
      return "the campaign started: %s on %s"
          .formatted(started.spec().network(), started.spec().dataset().name());
    }
    if (event instanceof CampaignForked forked) {
      return "rounds up to %d are those of %s".formatted(forked.round(), forked.from());
    }
    if (event instanceof CampaignRestarted) {
      return "a process took the campaign up again";
    }
    if (event instanceof CampaignPaused) {
      return "the user paused the campaign";
    }
    if (event instanceof CampaignResumed) {
      return "the user has the campaign go on";
    }
    if (event instanceof CampaignCancelled) {
      return "the user cancelled the campaign";
    }
    if (event instanceof ReplicateCompleted done) {
      return "replicate %d did all its trials".formatted(done.replicate());
    }
    if (event instanceof ReplicateAbandoned given) {
      return "replicate %d was given up: %s"
          .formatted(given.replicate(), given.failure().message());
    }
    if (event instanceof CampaignFinished) {
      return "the campaign ended";
    }
    throw new IllegalStateException("no such event: " + event);
  }

  private static String text(ReplicateEvent event) {
    if (event instanceof ReplicateStarted) {
      return "the replicate started";
    }
    if (event instanceof WeightsInitialized) {
      return "the first weights are drawn";
    }
    if (event instanceof RewindPointSaved saved) {
      return "the weights of iteration %s are kept to rewind to"
          .formatted(NumberText.whole((long) saved.point().iteration()));
    }
    if (event instanceof MaskPruned pruned) {
      return "pruned for round %d: %s %% of the weights remain"
          .formatted(pruned.round(), NumberText.pm(pruned.density().remainingPercent()));
    }
    if (event instanceof ReplicateFinished) {
      return "all trials of the replicate have ended";
    }
    return ofTrial(event);
  }

  private static String ofTrial(ReplicateEvent event) {
    if (event instanceof TrialPrepared prepared) {
      return "%s begins on %s"
          .formatted(trial(prepared.round(), prepared.arm()), prepared.engine());
    }
    if (event instanceof CheckpointSaved saved) {
      return "%s saved at iteration %s"
          .formatted(
              trial(saved.round(), saved.arm()),
              NumberText.whole((long) saved.checkpoint().iteration()));
    }
    if (event instanceof CheckpointDropped dropped) {
      return "%s starts again: its checkpoint is damaged"
          .formatted(trial(dropped.round(), dropped.arm()));
    }
    if (event instanceof TrialTrained trained) {
      return "%s is trained, on %s"
          .formatted(trial(trained.round(), trained.arm()), trained.trained().device());
    }
    if (event instanceof TrialEvaluated evaluated) {
      return "%s: %s %% test accuracy at early stop, iteration %s"
          .formatted(
              trial(evaluated.round(), evaluated.arm()),
              NumberText.percent(evaluated.metrics().earlyStopTestAccuracyPercent()),
              NumberText.whole((long) evaluated.metrics().earlyStopIteration()));
    }
    if (event instanceof TrialFailed failed) {
      return "%s failed: %s"
          .formatted(trial(failed.round(), failed.arm()), failed.failure().message());
    }
    throw new IllegalStateException("no such event: " + event);
  }

  private static String trial(int round, Arm arm) {
    return "round " + round + " " + arm;
  }
}
