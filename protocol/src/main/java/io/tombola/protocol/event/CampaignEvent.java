package io.tombola.protocol.event;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;

/** The events of a campaign, persisted by its supervisor under {@link JournalId#campaign}. */
public sealed interface CampaignEvent extends TombolaEvent {

  /** One method for each kind of event, so that the compiler reports a kind that is not handled. */
  interface Visitor<R> {
    /** Handles a {@link CampaignStarted}. */
    R visit(CampaignStarted event);

    /** Handles a {@link CampaignForked}. */
    R visit(CampaignForked event);

    /** Handles a {@link CampaignRestarted}. */
    R visit(CampaignRestarted event);

    /** Handles a {@link ReplicateCompleted}. */
    R visit(ReplicateCompleted event);

    /** Handles a {@link ReplicateAbandoned}. */
    R visit(ReplicateAbandoned event);

    /** Handles a {@link CampaignPaused}. */
    R visit(CampaignPaused event);

    /** Handles a {@link CampaignResumed}. */
    R visit(CampaignResumed event);

    /** Handles a {@link CampaignCancelled}. */
    R visit(CampaignCancelled event);

    /** Handles a {@link CampaignFinished}. */
    R visit(CampaignFinished event);
  }

  /** Calls the method of {@code visitor} for this kind of event. */
  <R> R accept(Visitor<R> visitor);

  /** The first event: the specification and the provenance of the first process. */
  record CampaignStarted(CampaignSpec spec, Provenance provenance, Instant at)
      implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Rounds up to {@code round} are those of another campaign; their events were copied. */
  record CampaignForked(String from, int round, Instant at) implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A new process resumed the campaign from the journal. */
  record CampaignRestarted(Provenance provenance, Instant at) implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** All trials of a replicate have ended. */
  record ReplicateCompleted(int replicate, Instant at) implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A replicate failed permanently; the others continue. */
  record ReplicateAbandoned(int replicate, TrialFailure failure, Instant at)
      implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The user paused the campaign: no training until the user resumes it. */
  record CampaignPaused(Instant at) implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The user resumed the campaign: ends a pause or a cancellation. */
  record CampaignResumed(Instant at) implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The user cancelled the campaign; existing results stay. */
  record CampaignCancelled(Instant at) implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Every replicate is completed or abandoned. */
  record CampaignFinished(Instant at) implements CampaignEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
