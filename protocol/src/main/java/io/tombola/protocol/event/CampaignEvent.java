package io.tombola.protocol.event;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;

/** The life of a campaign, persisted by its supervisor under {@link JournalId#campaign}. */
public sealed interface CampaignEvent extends TombolaEvent {

  /** The first event: what was asked, and what it runs on. */
  record CampaignStarted(CampaignSpec spec, Provenance provenance, Instant at)
      implements CampaignEvent {}

  /** Rounds up to {@code round} are those of another campaign; their events were copied. */
  record CampaignForked(String from, int round, Instant at) implements CampaignEvent {}

  /** A later process took the campaign up. */
  record CampaignRestarted(Provenance provenance, Instant at) implements CampaignEvent {}

  /** A replicate did all its trials. */
  record ReplicateCompleted(int replicate, Instant at) implements CampaignEvent {}

  /** A replicate was given up; the others go on. */
  record ReplicateAbandoned(int replicate, TrialFailure failure, Instant at)
      implements CampaignEvent {}

  /** The user has it wait: nothing is trained until it is to go on. */
  record CampaignPaused(Instant at) implements CampaignEvent {}

  /** The user has it go on: a pause or a cancellation is taken back. */
  record CampaignResumed(Instant at) implements CampaignEvent {}

  /** The user has it end before its time; what there is of results stays. */
  record CampaignCancelled(Instant at) implements CampaignEvent {}

  /** Every replicate is completed or abandoned. */
  record CampaignFinished(Instant at) implements CampaignEvent {}
}
