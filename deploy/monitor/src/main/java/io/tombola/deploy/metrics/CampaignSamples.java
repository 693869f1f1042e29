package io.tombola.deploy.metrics;

import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.Heartbeat;
import io.tombola.deploy.live.ReplicateStatus;
import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.record.RoundRecord.Status;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The metrics of a campaign that come from the journal. */
record CampaignSamples(CampaignSnapshot snapshot) {

  private record ReplicateArm(int replicate, Arm arm) {}

  Stream<Sample> samples() {
    return Stream.of(
            campaignSamples(),
            states(),
            snapshot.status().replicates().stream().flatMap(this::of),
            newestResults().stream().flatMap(this::of),
            snapshot.status().devices().stream().map(this::of))
        .flatMap(part -> part);
  }

  private Stream<Sample> campaignSamples() {
    CampaignStatus status = snapshot.status();
    double progress =
        snapshot
            .live()
            .map(Heartbeat::fraction)
            .orElse((double) status.trialsEnded() / status.trials());
    return Stream.of(
        Metric.CAMPAIGN.of(
            1,
            campaign(),
            snapshot.spec().network(),
            snapshot.spec().dataset().name(),
            Long.toString(snapshot.spec().seed())),
        Metric.REPLICATES.of(status.replicates().size(), campaign()),
        Metric.PROGRESS.of(progress, campaign()),
        Metric.PROCESS_UP.of(status.process().isPresent() ? 1 : 0, campaign()));
  }

  private Stream<Sample> states() {
    CampaignStatus.State now = snapshot.status().state();
    return Arrays.stream(CampaignStatus.State.values())
        .map(
            state ->
                Metric.STATE.of(
                    state == now ? 1 : 0, campaign(), state.name().toLowerCase(Locale.ROOT)));
  }

  private Stream<Sample> of(ReplicateStatus replicate) {
    String number = Integer.toString(replicate.replicate());
    long failed =
        snapshot.results().stream()
            .filter(result -> result.replicate() == replicate.replicate())
            .filter(result -> result.status() != Status.OK)
            .count();
    return Stream.of(
        Metric.TRIALS.of(replicate.trials(), campaign(), number),
        Metric.TRIALS_ENDED.of(replicate.trialsEnded(), campaign(), number),
        Metric.TRIALS_FAILED.of(failed, campaign(), number),
        Metric.ROUNDS.of(replicate.rounds(), campaign(), number),
        Metric.ROUNDS_ENDED.of(replicate.roundsEnded(), campaign(), number));
  }

  /** The result of the latest round in each arm of each replicate. */
  private Collection<RoundRecord> newestResults() {
    Map<ReplicateArm, RoundRecord> newest = new LinkedHashMap<>();
    snapshot.results().stream()
        .filter(result -> result.earlyStopTestAccuracyPercent().isPresent())
        .forEach(
            result ->
                newest.merge(
                    new ReplicateArm(result.replicate(), result.arm()),
                    result,
                    (a, b) -> a.round() > b.round() ? a : b));
    return newest.values();
  }

  private Stream<Sample> of(RoundRecord result) {
    String replicate = Integer.toString(result.replicate());
    String arm = result.arm().toString();
    double accuracy = result.earlyStopTestAccuracyPercent().orElseThrow();
    return Stream.of(
        Metric.TEST_ACCURACY.of(accuracy / 100, campaign(), replicate, arm),
        Metric.REMAINING_WEIGHTS.of(result.remainingPercent() / 100, campaign(), replicate, arm));
  }

  private Sample of(CampaignStatus.Slot slot) {
    return Metric.DEVICE_UTILISATION.of(slot.utilisationPercent() / 100, campaign(), slot.device());
  }

  private String campaign() {
    return snapshot.status().campaign();
  }
}
