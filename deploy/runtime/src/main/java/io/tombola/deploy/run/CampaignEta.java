package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far a campaign is, from the news of this process and what was done before. Thread-safe. */
final class CampaignEta {

  /** A training on a device. */
  record AtWork(TrialId trial, int iteration, int iterations, Optional<Double> accuracyPercent) {}

  private final String campaign;
  private final List<TrialId> trials;
  private final List<Double> costs;
  private final int iterationsATrial;
  private final Set<TrialId> ended = new HashSet<>();
  private final Map<TrialId, Integer> iterations = new HashMap<>();
  private final SortedMap<String, Optional<AtWork>> devices = new TreeMap<>();
  private final Map<String, Long> iterationsHere = new HashMap<>();
  private double costHere;

  /**
   * Starts from what the store holds.
   *
   * @param campaign with the engine that it was begun with
   * @param done trials that had ended before this process
   */
  CampaignEta(CampaignSpec campaign, List<RoundRecord> done, Collection<String> devices) {
    this.campaign = campaign.name();
    this.trials = campaign.trials();
    this.costs = RoundCost.of(campaign).stream().map(RoundCost::cost).toList();
    this.iterationsATrial = campaign.training().iterations();
    done.forEach(record -> ended.add(record.trial()));
    devices.forEach(device -> this.devices.put(device, Optional.empty()));
  }

  synchronized void on(Progress news) {
    if (news instanceof Progress.TrainingBegan began) {
      iterations.put(began.trial(), began.iteration());
      devices.put(
          began.device(),
          Optional.of(
              new AtWork(began.trial(), began.iteration(), began.iterations(), Optional.empty())));
    } else if (news instanceof Progress.TrainingAdvanced advanced) {
      Integer before = iterations.put(advanced.trial(), advanced.iteration());
      int done = Math.max(0, advanced.iteration() - (before == null ? 0 : before));
      costHere += cost(advanced.trial()) * done;
      iterationsHere.merge(advanced.device(), (long) done, Long::sum);
      devices.put(
          advanced.device(),
          Optional.of(
              new AtWork(
                  advanced.trial(),
                  advanced.iteration(),
                  advanced.iterations(),
                  Optional.of(advanced.validationAccuracyPercent()))));
    } else if (news instanceof Progress.TrainingLeft left) {
      devices.put(left.device(), Optional.empty());
    } else if (news instanceof Progress.TrialEnded end) {
      ended.add(end.record().trial());
      iterations.remove(end.record().trial());
    }
  }

  /** Its name. */
  String campaign() {
    return campaign;
  }

  int trials() {
    return trials.size();
  }

  synchronized int ended() {
    return ended.size();
  }

  /** What each device does, by its id. */
  synchronized SortedMap<String, Optional<AtWork>> devices() {
    return new TreeMap<>(devices);
  }

  /** The iterations that this process did on a device, whatever became of them. */
  synchronized long iterationsOn(String device) {
    return iterationsHere.getOrDefault(device, 0L);
  }

  /** The part of all iterations that is done, from 0 to 1. */
  synchronized double fraction() {
    return Math.min(1.0, (double) doneIterations() / totalIterations());
  }

  /**
   * The time that is left at the pace of this process, in which a round's iterations weigh what
   * they cost; empty before there is a pace.
   */
  synchronized Optional<Duration> remaining(Duration elapsed) {
    if (costHere == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofMillis(Math.round(elapsed.toMillis() / costHere * remainingCost())));
  }

  private double remainingCost() {
    return trials.stream()
        .filter(trial -> !ended.contains(trial))
        .mapToDouble(trial -> cost(trial) * (iterationsATrial - iterations.getOrDefault(trial, 0)))
        .sum();
  }

  private double cost(TrialId trial) {
    return costs.get(trial.round());
  }

  private long totalIterations() {
    return (long) trials.size() * iterationsATrial;
  }

  private long doneIterations() {
    long partly = iterations.values().stream().mapToLong(Integer::longValue).sum();
    return Math.min(totalIterations(), (long) ended.size() * iterationsATrial + partly);
  }
}
