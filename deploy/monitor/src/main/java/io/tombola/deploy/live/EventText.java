package io.tombola.deploy.live;

import io.tombola.deploy.text.NumberText;
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

/** Describes an event in one line of English, without the replicate. */
final class EventText {

  private EventText() {}

  static String of(TombolaEvent event) {
    return event instanceof CampaignEvent own
        ? own.accept(new OfCampaign())
        : ((ReplicateEvent) event).accept(new OfReplicate());
  }

  private static final class OfCampaign implements CampaignEvent.Visitor<String> {

    @Override
    public String visit(CampaignStarted event) {
      return "campaign started: %s on %s"
          .formatted(event.spec().network(), event.spec().dataset().name());
    }

    @Override
    public String visit(CampaignForked event) {
      return "forked from %s after round %d".formatted(event.from(), event.round());
    }

    @Override
    public String visit(CampaignRestarted event) {
      return "a new process resumed the campaign";
    }

    @Override
    public String visit(CampaignPaused event) {
      return "the user paused the campaign";
    }

    @Override
    public String visit(CampaignResumed event) {
      return "the user resumed the campaign";
    }

    @Override
    public String visit(CampaignCancelled event) {
      return "the user cancelled the campaign";
    }

    @Override
    public String visit(ReplicateCompleted event) {
      return "replicate %d completed all its trials".formatted(event.replicate());
    }

    @Override
    public String visit(ReplicateAbandoned event) {
      return "replicate %d failed: %s".formatted(event.replicate(), event.failure().message());
    }

    @Override
    public String visit(CampaignFinished event) {
      return "campaign finished";
    }
  }

  private static final class OfReplicate implements ReplicateEvent.Visitor<String> {

    @Override
    public String visit(ReplicateStarted event) {
      return "replicate started";
    }

    @Override
    public String visit(WeightsInitialized event) {
      return "initial weights drawn";
    }

    @Override
    public String visit(RewindPointSaved event) {
      return "rewind point saved at iteration %s"
          .formatted(NumberText.whole((long) event.point().iteration()));
    }

    @Override
    public String visit(MaskPruned event) {
      return "pruned for round %d: %s %% of the weights remain"
          .formatted(event.round(), NumberText.pm(event.density().remainingPercent()));
    }

    @Override
    public String visit(TrialPrepared event) {
      return "%s prepared for the %s engine"
          .formatted(trial(event.round(), event.arm()), event.engine());
    }

    @Override
    public String visit(CheckpointSaved event) {
      return "%s: checkpoint saved at iteration %s"
          .formatted(
              trial(event.round(), event.arm()),
              NumberText.whole((long) event.checkpoint().iteration()));
    }

    @Override
    public String visit(CheckpointDropped event) {
      return "%s restarts from iteration 0: its checkpoint is damaged"
          .formatted(trial(event.round(), event.arm()));
    }

    @Override
    public String visit(TrialTrained event) {
      return "%s trained on %s"
          .formatted(trial(event.round(), event.arm()), event.trained().device());
    }

    @Override
    public String visit(TrialEvaluated event) {
      return "%s: %s %% test accuracy at early stop, iteration %s"
          .formatted(
              trial(event.round(), event.arm()),
              NumberText.percent(event.metrics().earlyStopTestAccuracyPercent()),
              NumberText.whole((long) event.metrics().earlyStopIteration()));
    }

    @Override
    public String visit(TrialFailed event) {
      return "%s failed: %s"
          .formatted(trial(event.round(), event.arm()), event.failure().message());
    }

    @Override
    public String visit(ReplicateFinished event) {
      return "all trials of the replicate have ended";
    }

    private static String trial(int round, Arm arm) {
      return "round " + round + " " + arm;
    }
  }
}
