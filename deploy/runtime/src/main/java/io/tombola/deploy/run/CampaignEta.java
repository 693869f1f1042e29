package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
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

/**
 * Computes a campaign's progress and remaining time from the progress of this process and the
 * results of earlier ones. Thread-safe.
 */
final class CampaignEta implements ProgressListener {

  /** A training on a device. */
  record CurrentTraining(
      TrialId trial, int iteration, int iterations, Optional<Double> accuracyPercent) {}

  private final String campaign;
  private final List<TrialId> trials;
  private final List<Double> costs;
  private final int iterationsPerTrial;
  private final Set<TrialId> ended = new HashSet<>();
  private final Map<TrialId, Integer> iterations = new HashMap<>();
  private final SortedMap<String, Optional<CurrentTraining>> devices = new TreeMap<>();
  private final Map<String, Long> iterationsByDevice = new HashMap<>();
  private double computedCost;

  /**
   * Starts from the results in the store.
   *
   * @param campaign with the engine that it was started with
   * @param done results of earlier processes
   */
  CampaignEta(CampaignSpec campaign, List<RoundRecord> done, Collection<String> devices) {
    this.campaign = campaign.name();
    this.trials = campaign.trials();
    this.costs = RoundCost.of(campaign).stream().map(RoundCost::cost).toList();
    this.iterationsPerTrial = campaign.training().iterations();
    done.forEach(record -> ended.add(record.trial()));
    devices.forEach(device -> this.devices.put(device, Optional.empty()));
  }

  @Override
  public synchronized void on(Progress progress) {
    if (progress instanceof Progress.TrainingBegan began) {
      iterations.put(began.trial(), began.iteration());
      devices.put(
          began.device(),
          Optional.of(
              new CurrentTraining(
                  began.trial(), began.iteration(), began.iterations(), Optional.empty())));
    } else if (progress instanceof Progress.TrainingAdvanced advanced) {
      Integer before = iterations.put(advanced.trial(), advanced.iteration());
      int done = Math.max(0, advanced.iteration() - (before == null ? 0 : before));
      computedCost += cost(advanced.trial()) * done;
      iterationsByDevice.merge(advanced.device(), (long) done, Long::sum);
      devices.put(
          advanced.device(),
          Optional.of(
              new CurrentTraining(
                  advanced.trial(),
                  advanced.iteration(),
                  advanced.iterations(),
                  Optional.of(advanced.validationAccuracyPercent()))));
    } else if (progress instanceof Progress.TrainingLeft left) {
      devices.put(left.device(), Optional.empty());
    } else if (progress instanceof Progress.TrialEnded end) {
      ended.add(end.record().trial());
      iterations.remove(end.record().trial());
    }
  }

  /** The campaign's name. */
  String campaign() {
    return campaign;
  }

  int trials() {
    return trials.size();
  }

  synchronized int ended() {
    return ended.size();
  }

  /** The current training of each device, by device id. */
  synchronized SortedMap<String, Optional<CurrentTraining>> devices() {
    return new TreeMap<>(devices);
  }

  /** The iterations that this process computed on a device, including repeated ones. */
  synchronized long iterationsOn(String device) {
    return iterationsByDevice.getOrDefault(device, 0L);
  }

  /** The completed part of all iterations, from 0 to 1. */
  synchronized double fraction() {
    return Math.min(1.0, (double) doneIterations() / totalIterations());
  }

  /**
   * The remaining time at the speed of this process, with iterations weighted by their cost; empty
   * before the first iteration.
   */
  synchronized Optional<Duration> remaining(Duration elapsed) {
    if (computedCost == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofMillis(Math.round(elapsed.toMillis() / computedCost * remainingCost())));
  }

  private double remainingCost() {
    return trials.stream()
        .filter(trial -> !ended.contains(trial))
        .mapToDouble(
            trial -> cost(trial) * (iterationsPerTrial - iterations.getOrDefault(trial, 0)))
        .sum();
  }

  private double cost(TrialId trial) {
    return costs.get(trial.round());
  }

  private long totalIterations() {
    return (long) trials.size() * iterationsPerTrial;
  }

  private long doneIterations() {
    long partly = iterations.values().stream().mapToLong(Integer::longValue).sum();
    return Math.min(totalIterations(), (long) ended.size() * iterationsPerTrial + partly);
  }
}
