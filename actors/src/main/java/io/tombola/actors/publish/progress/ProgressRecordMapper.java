package io.tombola.actors.publish.progress;

import io.tombola.actors.progress.Progress;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.ProgressRecord;
import io.tombola.protocol.record.ProgressRecord.Kind;
import io.tombola.protocol.record.ProgressRecord.Reached;
import io.tombola.protocol.record.ProgressRecord.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** News as records; passes over what comes too often. Not thread-safe. */
final class ProgressRecordMapper {

  private static final Duration MIN_ADVANCE_INTERVAL = Duration.ofSeconds(1);

  private final String campaign;
  private final Clock clock;
  private final Map<TrialId, Instant> advanced = new HashMap<>();

  /** A mapper for the progress of one campaign. */
  ProgressRecordMapper(String campaign, Clock clock) {
    this.campaign = campaign;
    this.clock = clock;
  }

  /**
   * The record of {@code progress}; empty if that training was announced within the last second,
   * for a state of the campaign's, which has a topic of its own, and for trials that wait, which
   * are nothing a consumer could act on.
   */
  Optional<ProgressRecord> of(Progress progress) {
    if (progress instanceof Progress.CampaignPaused
        || progress instanceof Progress.CampaignResumed
        || progress instanceof Progress.TrialsWaiting) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (progress instanceof Progress.TrainingAdvanced advance && !isDue(advance.trial(), now)) {
      return Optional.empty();
    }
    if (progress instanceof Progress.TrainingLeft left) {
      advanced.remove(left.trial());
    }
    return Optional.of(record(progress, now));
  }

  private boolean isDue(TrialId trial, Instant now) {
    Instant last = advanced.get(trial);
    if (last != null && now.isBefore(last.plus(MIN_ADVANCE_INTERVAL))) {
      return false;
    }
    advanced.put(trial, now);
    return true;
  }

  private ProgressRecord record(Progress progress, Instant at) {
    if (progress instanceof Progress.TrainingBegan n) {
      Reached reached = Reached.iteration(n.iteration(), n.iterations());
      return ProgressRecord.of(Kind.TRAINING_BEGAN, Subject.of(n.trial()), at)
          .on(n.device())
          .reaching(reached);
    }
    if (progress instanceof Progress.TrainingAdvanced n) {
      Reached reached =
          Reached.iteration(n.iteration(), n.iterations())
              .measured(n.validationLossNats(), n.validationAccuracyPercent());
      return ProgressRecord.of(Kind.TRAINING_ADVANCED, Subject.of(n.trial()), at)
          .on(n.device())
          .reaching(reached);
    }
    if (progress instanceof Progress.TrainingLeft n) {
      return ProgressRecord.of(Kind.TRAINING_LEFT, Subject.of(n.trial()), at).on(n.device());
    }
    if (progress instanceof Progress.Pruned n) {
      return ProgressRecord.of(Kind.MASK_PRUNED, Subject.of(n.replicate(), n.round()), at)
          .reaching(Reached.NOTHING.remaining(n.density().remainingPercent()));
    }
    if (progress instanceof Progress.TrialEnded n) {
      return ProgressRecord.of(Kind.TRIAL_ENDED, Subject.of(n.record().trial()), at)
          .reaching(Reached.NOTHING.remaining(n.record().remainingPercent()))
          .saying(n.record().ending());
    }
    if (progress instanceof Progress.Retrying n) {
      return ProgressRecord.of(Kind.RETRYING, Subject.of(n.replicate()), at)
          .saying(
              "%s failed (%s); trying again in %d s"
                  .formatted(n.step(), n.failure().message(), n.pause().toSeconds()));
    }
    if (progress instanceof Progress.DeviceUnfit n) {
      return ProgressRecord.of(Kind.DEVICE_UNFIT, Subject.of(campaign), at)
          .on(n.device())
          .saying(
              "not fit yet (%s); probing it again in %d s"
                  .formatted(n.why().message(), n.rest().toSeconds()));
    }
    if (progress instanceof Progress.TrainerEnded n) {
      return ProgressRecord.of(Kind.TRAINER_ENDED, Subject.of(campaign), at)
          .on(n.device())
          .saying("the trainer of " + n.device() + " " + n.how());
    }
    throw new IllegalStateException("progress of an unknown kind: " + progress);
  }
}
