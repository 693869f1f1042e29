package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;

import io.tombola.actors.failure.FailurePolicy;
import java.time.Duration;
import java.util.List;

/** The block {@code retries}. */
final class RetryKeys {

  private static final Duration MIN_PAUSE = Duration.ofMillis(1);

  private static final ConfigKeyType<Integer> RETRIES =
      WHOLE_NUMBER.where("a whole number from 0", retries -> retries >= 0);

  static final ConfigKey<Integer> DIVERGED =
      ConfigKey.of("retries.diverged", RETRIES, "0")
          .doc(
              """
              Retries of a training that diverged. Divergence is a function of the seed: the same
              training diverges again at the same step. A retry, from the last checkpoint, only helps
              against broken hardware.
              """);

  static final ConfigKey<Integer> DEVICE =
      ConfigKey.of("retries.device", RETRIES, "4")
          .doc(
              """
              Retries after a device or its trainer failed, or had no memory left. The device waits
              and is probed before it trains again; the training is resumed on another device, if one
              is free.
              """);

  static final ConfigKey<Integer> INTERNAL =
      ConfigKey.of("retries.internal", RETRIES, "1")
          .doc("Retries after an internal error of this program.");

  static final ConfigKey<Duration> FIRST_PAUSE =
      ConfigKey.of(
              "retries.first-pause",
              ConfigKeyType.DURATION.where(
                  "a duration from 1ms to 5m",
                  pause ->
                      pause.compareTo(MIN_PAUSE) >= 0
                          && pause.compareTo(FailurePolicy.MAX_PAUSE) <= 0),
              "1s")
          .doc("The pause before the first retry; it doubles with each retry, up to 5 minutes.");

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock(
              "retries",
              """
              How often a step that fails is retried in one run. When no retry is left, the trial
              ends if it is a control; the replicate ends if the trial is of the ticket chain; all
              else continues. Not part of the campaign: a run that resumes it may have other limits.\
              """),
          DIVERGED,
          DEVICE,
          INTERNAL,
          FIRST_PAUSE);

  private RetryKeys() {}

  static FailurePolicy read(ConfigReader config) {
    return new FailurePolicy(
        config.get(DIVERGED), config.get(DEVICE), config.get(INTERNAL), config.get(FIRST_PAUSE));
  }
}
