package io.tombola.protocol.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How far a campaign, or one of its replicates, is: a record of {@code tombola.campaigns.v1}. Holds
 * what the journal tells and nothing of the process that works on it.
 *
 * @param replicate empty for the campaign as a whole
 * @param remainingPercent of the newest mask; of the replicate that is furthest for a campaign
 * @param ticketTestAccuracyPercent at the early stop of the newest ticket; empty for a campaign
 * @param bestTicketTestAccuracyPercent the highest at the early stop of any ticket
 * @param failure why the replicate, or the first such replicate, was abandoned
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CampaignRecord(
    String campaign,
    OptionalInt replicate,
    State state,
    @JsonUnwrapped Counts counts,
    OptionalDouble remainingPercent,
    OptionalDouble ticketTestAccuracyPercent,
    OptionalDouble bestTicketTestAccuracyPercent,
    @JsonUnwrapped Times times,
    Optional<String> failure) {

  /** What becomes of it; later versions may know more. */
  public enum State {
    /** A replicate without events. */
    @JsonProperty("waiting")
    WAITING,
    /** There is more to do, whether or not a process works on it now. */
    @JsonProperty("training")
    TRAINING,
    /** A campaign that its user has wait. */
    @JsonProperty("paused")
    PAUSED,
    /** A campaign that its user ended before its time; taken back, it is training again. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** All its trials have ended. */
    @JsonProperty("finished")
    FINISHED,
    /** A replicate that failed permanently. */
    @JsonProperty("abandoned")
    ABANDONED,
    /** A campaign that ended with abandoned replicates. */
    @JsonProperty("failed")
    FAILED
  }

  /**
   * How much of it is done.
   *
   * @param roundsEnded rounds whose ticket has a result, the dense round among them; for a campaign
   *     in every replicate
   * @param rounds of the ticket chain, the dense round among them
   * @param trialsFailed those of {@code trialsEnded} that have no result
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Counts(
      int roundsEnded, int rounds, int trialsEnded, int trials, int trialsFailed) {}

  /**
   * When the journal got what this record tells.
   *
   * @param updatedAt the newest of it
   * @param finishedAt when it finished or was abandoned
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Times(
      Optional<Instant> startedAt, Instant updatedAt, Optional<Instant> finishedAt) {}

  /** {@code campaign}, or {@code campaign/replicate}. */
  public String key() {
    return replicate.isPresent() ? campaign + "/" + replicate.getAsInt() : campaign;
  }

  /** Whether both tell the same but for {@link Times#updatedAt}. */
  public boolean tellsTheSameAs(CampaignRecord other) {
    return equals(other.updatedAt(times.updatedAt()));
  }

  private CampaignRecord updatedAt(Instant time) {
    return new CampaignRecord(
        campaign,
        replicate,
        state,
        counts,
        remainingPercent,
        ticketTestAccuracyPercent,
        bestTicketTestAccuracyPercent,
        new Times(times.startedAt(), time, times.finishedAt()),
        failure);
  }
}
