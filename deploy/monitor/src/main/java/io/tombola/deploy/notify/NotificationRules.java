package io.tombola.deploy.notify;

import io.tombola.deploy.config.NotificationTrigger;
import io.tombola.deploy.live.EventLine;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.journal.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides which events cause a notification.
 *
 * @param store the store's id, which makes notification ids unique across stores
 * @param complete whether no replicate has failed; evaluated when the campaign finishes
 */
record NotificationRules(String store, String campaign, BooleanSupplier complete) {

  /** The notification for an event, if it causes one. */
  Optional<Notification> of(StoredEvent stored) {
    EventLine line = EventLine.of(stored);
    if (stored.event() instanceof CampaignFinished) {
      boolean all = complete.getAsBoolean();
      return Optional.of(
          notification(
              stored,
              all ? NotificationTrigger.FINISHED : NotificationTrigger.FAILED,
              all ? "campaign.finished" : "campaign.failed",
              Notification.Data.of(
                  campaign, all ? line.text() : line.text() + ", but some replicates failed")));
    }
    if (stored.event() instanceof ReplicateAbandoned abandoned) {
      Notification.Data data =
          new Notification.Data(
              campaign,
              Optional.of(abandoned.replicate()),
              Optional.empty(),
              Optional.empty(),
              line.text());
      return Optional.of(
          notification(stored, NotificationTrigger.FAILED, "replicate.failed", data));
    }
    if (stored.event() instanceof TrialFailed failed) {
      boolean diverged = failed.failure().kind() == TrialFailure.Kind.DIVERGED;
      Notification.Data data =
          new Notification.Data(
              campaign,
              line.replicate(),
              Optional.of(failed.round()),
              Optional.of(failed.arm().toString()),
              line.text());
      return Optional.of(
          notification(
              stored,
              diverged ? NotificationTrigger.DIVERGED : NotificationTrigger.FAILED,
              diverged ? "trial.diverged" : "trial.failed",
              data));
    }
    return Optional.empty();
  }

  /** The notification that the campaign has made no progress since {@code last}. */
  Notification stuck(Instant last, Duration stuckAfter) {
    return new Notification(
        store + "/" + campaign + "/stuck/" + last.toEpochMilli(),
        NotificationTrigger.STUCK,
        "campaign.stuck",
        last.plus(stuckAfter),
        Notification.Data.of(
            campaign, "the campaign has made no progress for " + stuckAfter.toMinutes() + " min"));
  }

  private Notification notification(
      StoredEvent stored, NotificationTrigger trigger, String type, Notification.Data data) {
    return new Notification(
        store + "/" + stored.id() + "/" + stored.sequence(),
        trigger,
        type,
        stored.event().at(),
        data);
  }
}
