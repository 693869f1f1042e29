package io.tombola.deploy.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.DeviceUsage;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.view.CampaignView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far a campaign is.
 *
 * @param process who works on it now
 * @param devices those that worked on it, in this process or an earlier one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CampaignStatus(
    String campaign,
    State state,
    Optional<LockHolder> process,
    Instant startedAt,
    Optional<Instant> finishedAt,
    int trialsEnded,
    int trials,
    List<Slot> devices,
    List<ReplicateStatus> replicates) {

  /** What becomes of it. */
  public enum State {
    /** A process works on it. */
    @JsonProperty("running")
    RUNNING,
    /** Nobody does, and there is more to do. */
    @JsonProperty("interrupted")
    INTERRUPTED,
    /** It waits until it is resumed, whether or not a process is there to go on. */
    @JsonProperty("paused")
    PAUSED,
    /** It was stopped for good, unless it is resumed. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** Every replicate did all its trials. */
    @JsonProperty("finished")
    FINISHED,
    /** It ended with replicates that were given up. */
    @JsonProperty("failed")
    FAILED
  }

  /**
   * How busy a device was.
   *
   * @param computingMillis it trained or measured
   * @param wantedMillis a trial could have run on it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Slot(
      String device, long computingMillis, long wantedMillis, double utilisationPercent) {

    static Slot of(DeviceUsage time) {
      return new Slot(
          time.device(), time.computingMillis(), time.wantedMillis(), time.utilisationPercent());
    }

    /** The times alone. */
    public DeviceUsage time() {
      return new DeviceUsage(device, computingMillis, wantedMillis);
    }
  }

  /**
   * The status of a campaign.
   *
   * @param process who works on it, if anybody
   */
  public static CampaignStatus of(CampaignView view, Optional<LockHolder> process) {
    CampaignState state = view.campaign();
    CampaignSpec spec = state.spec().orElseThrow();
    List<ReplicateStatus> replicates =
        IntStream.rangeClosed(1, spec.replicates())
            .mapToObj(number -> ReplicateStatus.of(state, replicate(view, number), number))
            .toList();
    return new CampaignStatus(
        view.name(),
        state(state, process.isPresent()),
        process,
        view.startedAt(),
        state.finishedAt(),
        replicates.stream().mapToInt(ReplicateStatus::trialsEnded).sum(),
        spec.trials().size(),
        view.slots().stream().map(Slot::of).toList(),
        replicates);
  }

  /**
   * Whether a process works on a campaign: it writes that it took it up after it got the store's
   * lock.
   */
  public static boolean isWorkedOn(CampaignView view, LockHolder holder) {
    CampaignState state = view.campaign();
    return state.finishedAt().isEmpty()
        && state.takenUpAt().filter(at -> !at.isBefore(holder.since())).isPresent();
  }

  private static State state(CampaignState state, boolean worked) {
    if (state.finishedAt().isPresent()) {
      return state.abandoned().isEmpty() ? State.FINISHED : State.FAILED;
    }
    if (state.hold().isPresent()) {
      return switch (state.hold().get()) {
        case PAUSED -> State.PAUSED;
        case CANCELLED -> State.CANCELLED;
      };
    }
    return worked ? State.RUNNING : State.INTERRUPTED;
  }

  private static ReplicateState replicate(CampaignView view, int number) {
    return view.replicates().stream()
        .filter(replicate -> replicate.replicate() == number)
        .findFirst()
        .orElse(ReplicateState.EMPTY);
  }
}
