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
 * Finds what somebody should be told of.
 *
 * @param store its id, so that what two stores tell of has ids of its own
 * @param wholly whether the campaign has all its replicates; asked when it ends
 */
record NotificationRules(String store, String campaign, BooleanSupplier wholly) {

  /** What is to be told of an event, if anything is. */
  Optional<Notification> of(StoredEvent stored) {
    EventLine line = EventLine.of(stored);
    if (stored.event() instanceof CampaignFinished) {
      boolean all = wholly.getAsBoolean();
      return Optional.of(
          notice(
              stored,
              all ? NotificationTrigger.FINISHED : NotificationTrigger.FAILED,
              all ? "campaign.finished" : "campaign.failed",
              Notification.Data.of(
                  campaign, all ? line.text() : line.text() + ", but some replicates failed")));
    }
    if (stored.event() instanceof ReplicateAbandoned given) {
      Notification.Data data =
          new Notification.Data(
              campaign,
              Optional.of(given.replicate()),
              Optional.empty(),
              Optional.empty(),
              line.text());
      return Optional.of(notice(stored, NotificationTrigger.FAILED, "replicate.failed", data));
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
          notice(
              stored,
              diverged ? NotificationTrigger.DIVERGED : NotificationTrigger.FAILED,
              diverged ? "trial.diverged" : "trial.failed",
              data));
    }
    return Optional.empty();
  }

  /** That nothing was heard since {@code last}. */
  Notification stuck(Instant last, Duration silence) {
    return new Notification(
        store + "/" + campaign + "/stuck/" + last.toEpochMilli(),
        NotificationTrigger.STUCK,
        "campaign.stuck",
        last.plus(silence),
        Notification.Data.of(
            campaign, "nothing was heard of the campaign for " + silence.toMinutes() + " min"));
  }

  private Notification notice(
      StoredEvent stored, NotificationTrigger occasion, String type, Notification.Data data) {
    return new Notification(
        store + "/" + stored.id() + "/" + stored.sequence(),
        occasion,
        type,
        stored.event().at(),
        data);
  }
}
