package io.tombola.actors.campaign;

import io.tombola.actors.failure.FailureAction;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replicate's failures lead to. Counts them by step and kind, in memory: a later process
 * starts anew, and so does a step that got further. Belongs to one supervisor.
 */
final class FailureHandler {

  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  private final FailurePolicy policy;
  private final StepsInFlight work;
  private final ReplicateProgress news;
  private final Clock clock;
  private final Map<StepFailureKey, Integer> failures = new HashMap<>();

  private record StepFailureKey(Step step, TrialFailure.Kind kind) {}

  FailureHandler(FailurePolicy policy, StepsInFlight work, ReplicateProgress news, Clock clock) {
    this.policy = policy;
    this.work = work;
    this.news = news;
    this.clock = clock;
  }

  /** What a failed step leads to; once the work ends, it is put down, whatever it was. */
  EventAndEffect failed(Step step, TrialFailure failure) {
    if (work.ends()) {
      return EventAndEffect.of(after -> work.putDown(after, step));
    }
    int earlier = failures.merge(new StepFailureKey(step, failure.kind()), 1, Integer::sum) - 1;
    FailureAction remedy = policy.remedy(failure.kind(), earlier, isOfControl(step));
    LOG.warn("{} failed: {}; remedy: {}", step, failure, remedy);
    if (remedy instanceof FailureAction.Retry retry) {
      news.announceRetry(step, failure, retry.pause());
      work.retry(step, retry);
      return EventAndEffect.NONE;
    }
    if (remedy instanceof FailureAction.EndTrial && step instanceof Step.Train train) {
      return end(step, new TrialFailed(train.round(), train.arm(), failure, clock.instant()));
    }
    if (remedy instanceof FailureAction.EndTrial && step instanceof Step.Evaluate evaluate) {
      return end(step, new TrialFailed(evaluate.round(), evaluate.arm(), failure, clock.instant()));
    }
    return stop(
        step,
        remedy instanceof FailureAction.PauseCampaign
            ? new ReplicateOutcome.Paused(failure)
            : new ReplicateOutcome.Abandoned(failure));
  }

  /** The step got further than it ever was: it may fail as often again. */
  void gotFurther(Step step) {
    failures.keySet().removeIf(trouble -> trouble.step().equals(step));
  }

  /** The replicate is given up, whatever the policy says: trying again could not help. */
  EventAndEffect giveUp(Step step, TrialFailure failure) {
    LOG.warn("{} failed for good: {}", step, failure);
    return stop(step, new ReplicateOutcome.Abandoned(failure));
  }

  private EventAndEffect end(Step step, TrialFailed event) {
    return EventAndEffect.persist(
        event,
        after -> {
          news.announce(after, event);
          work.putDown(after, step);
        });
  }

  private EventAndEffect stop(Step step, ReplicateOutcome how) {
    work.drop(step);
    work.halt(how);
    return EventAndEffect.of(work::proceed);
  }

  /** Whether nothing but its own trial depends on the step, and the trial has a start. */
  private static boolean isOfControl(Step step) {
    if (step instanceof Step.Train train) {
      return isControl(train.arm());
    }
    return step instanceof Step.Evaluate evaluate && isControl(evaluate.arm());
  }

  private static boolean isControl(Arm arm) {
    return !arm.isChain();
  }
}
