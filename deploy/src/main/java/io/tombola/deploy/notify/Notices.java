package io.tombola.deploy.notify;

import io.tombola.deploy.config.Occasion;
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
record Notices(String store, String campaign, BooleanSupplier wholly) {

  /** What is to be told of an event, if anything is. */
  Optional<Notice> of(StoredEvent stored) {
    EventLine line = EventLine.of(stored);
    if (stored.event() instanceof CampaignFinished) {
      boolean all = wholly.getAsBoolean();
      return Optional.of(
          notice(
              stored,
              all ? Occasion.FINISHED : Occasion.FAILED,
              all ? "campaign.finished" : "campaign.failed",
              Notice.Data.of(
                  campaign, all ? line.text() : line.text() + " without some of its replicates")));
    }
    if (stored.event() instanceof ReplicateAbandoned given) {
      Notice.Data data =
          new Notice.Data(
              campaign,
              Optional.of(given.replicate()),
              Optional.empty(),
              Optional.empty(),
              line.text());
      return Optional.of(notice(stored, Occasion.FAILED, "replicate.failed", data));
    }
    if (stored.event() instanceof TrialFailed failed) {
      boolean diverged = failed.failure().kind() == TrialFailure.Kind.DIVERGED;
      Notice.Data data =
          new Notice.Data(
              campaign,
              line.replicate(),
              Optional.of(failed.round()),
              Optional.of(failed.arm().toString()),
              line.text());
      return Optional.of(
          notice(
              stored,
              diverged ? Occasion.DIVERGED : Occasion.FAILED,
              diverged ? "trial.diverged" : "trial.failed",
              data));
    }
    return Optional.empty();
  }

  /** That nothing was heard since {@code last}. */
  Notice stuck(Instant last, Duration silence) {
    return new Notice(
        store + "/" + campaign + "/stuck/" + last.toEpochMilli(),
        Occasion.STUCK,
        "campaign.stuck",
        last.plus(silence),
        Notice.Data.of(
            campaign, "nothing was heard of the campaign for " + silence.toMinutes() + " min"));
  }

  private Notice notice(StoredEvent stored, Occasion occasion, String type, Notice.Data data) {
    return new Notice(
        store + "/" + stored.id() + "/" + stored.sequence(),
        occasion,
        type,
        stored.event().at(),
        data);
  }
}
