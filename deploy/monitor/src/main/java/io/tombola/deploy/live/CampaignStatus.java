package io.tombola.deploy.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignProgress;
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
 * The state and progress of a campaign.
 *
 * @param process the process that runs it now
 * @param devices the devices that computed for it, in this process or an earlier one
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

  /** The state of a campaign, including whether a process runs it. */
  public enum State {
    /** A process runs it. */
    @JsonProperty("running")
    RUNNING,
    /** No process runs it, and it is not finished. */
    @JsonProperty("interrupted")
    INTERRUPTED,
    /** The user paused it, whether or not a process is running. */
    @JsonProperty("paused")
    PAUSED,
    /** The user cancelled it; a resume revokes that. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** All trials of all replicates have ended. */
    @JsonProperty("finished")
    FINISHED,
    /** It ended, and some replicates failed permanently. */
    @JsonProperty("failed")
    FAILED
  }

  /**
   * The utilisation of a device.
   *
   * @param computingMillis time in which it trained or evaluated
   * @param wantedMillis time in which a trial was ready to run on it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Slot(
      String device, long computingMillis, long wantedMillis, double utilisationPercent) {

    static Slot of(DeviceUsage usage) {
      return new Slot(
          usage.device(),
          usage.computingMillis(),
          usage.wantedMillis(),
          usage.utilisationPercent());
    }

    /** The usage without the percentage. */
    public DeviceUsage usage() {
      return new DeviceUsage(device, computingMillis, wantedMillis);
    }
  }

  /**
   * The status of a campaign.
   *
   * @param holder the process that holds the store's lock; it may run another campaign
   */
  public static CampaignStatus of(CampaignView view, Optional<LockHolder> holder) {
    Optional<LockHolder> process = holder.filter(lock -> isRunBy(view, lock));
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
   * Whether the holder of the store's lock runs this campaign: it appends a start or restart event
   * after it acquired the lock.
   */
  public static boolean isRunBy(CampaignView view, LockHolder holder) {
    CampaignState state = view.campaign();
    return state.finishedAt().isEmpty()
        && state.takenUpAt().filter(at -> !at.isBefore(holder.since())).isPresent();
  }

  private static State state(CampaignState campaign, boolean running) {
    return switch (CampaignProgress.state(campaign)) {
      case WAITING, TRAINING -> running ? State.RUNNING : State.INTERRUPTED;
      case PAUSED -> State.PAUSED;
      case CANCELLED -> State.CANCELLED;
      case FINISHED -> State.FINISHED;
      case ABANDONED, FAILED -> State.FAILED;
    };
  }

  private static ReplicateState replicate(CampaignView view, int number) {
    return view.replicates().stream()
        .filter(replicate -> replicate.replicate() == number)
        .findFirst()
        .orElse(ReplicateState.EMPTY);
  }
}
