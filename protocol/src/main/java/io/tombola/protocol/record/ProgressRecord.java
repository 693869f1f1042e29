package io.tombola.protocol.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Progress of a running campaign: a record of {@code tombola.progress.v1}. Consumers must not
 * depend on it: any record may be missing.
 *
 * @param message one line for people
 * @param at when the publisher received it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ProgressRecord(
    Kind kind,
    @JsonUnwrapped Subject subject,
    Optional<String> device,
    @JsonUnwrapped Reached reached,
    Optional<String> message,
    Instant at) {

  /** What happened; later versions may know more. */
  public enum Kind {
    /** A device took a training up. */
    @JsonProperty("training-began")
    TRAINING_BEGAN,
    /** A training got further; at most once a second. */
    @JsonProperty("training-advanced")
    TRAINING_ADVANCED,
    /** A training left its device. */
    @JsonProperty("training-left")
    TRAINING_LEFT,
    /** The mask of a round is known. */
    @JsonProperty("mask-pruned")
    MASK_PRUNED,
    /** A trial has a result or has failed for good. */
    @JsonProperty("trial-ended")
    TRIAL_ENDED,
    /** A step failed and will be done again. */
    @JsonProperty("retrying")
    RETRYING,
    /** A device that rested after a failure is not fit again. */
    @JsonProperty("device-unfit")
    DEVICE_UNFIT,
    /** A trainer's process ended before its time. */
    @JsonProperty("trainer-ended")
    TRAINER_ENDED
  }

  /** News of which nothing more is known. */
  public static ProgressRecord of(Kind kind, Subject subject, Instant at) {
    return new ProgressRecord(
        kind, subject, Optional.empty(), Reached.NOTHING, Optional.empty(), at);
  }

  /** This, on a device. */
  public ProgressRecord on(String name) {
    return new ProgressRecord(kind, subject, Optional.of(name), reached, message, at);
  }

  /** This, with numbers. */
  public ProgressRecord reaching(Reached numbers) {
    return new ProgressRecord(kind, subject, device, numbers, message, at);
  }

  /** This, with a line for people. */
  public ProgressRecord saying(String line) {
    return new ProgressRecord(kind, subject, device, reached, Optional.of(line), at);
  }

  /** Whom it is about: a campaign and, as far as it goes, a replicate, a round and an arm. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Subject(
      String campaign, OptionalInt replicate, OptionalInt round, Optional<Arm> arm) {

    /** A campaign as a whole. */
    public static Subject of(String campaign) {
      return new Subject(campaign, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    /** A replicate. */
    public static Subject of(ReplicateId id) {
      return new Subject(
          id.campaign(), OptionalInt.of(id.replicate()), OptionalInt.empty(), Optional.empty());
    }

    /** A round of a replicate. */
    public static Subject of(ReplicateId id, int round) {
      return new Subject(
          id.campaign(), OptionalInt.of(id.replicate()), OptionalInt.of(round), Optional.empty());
    }

    /** A trial. */
    public static Subject of(TrialId id) {
      return new Subject(
          id.campaign(),
          OptionalInt.of(id.replicate()),
          OptionalInt.of(id.round()),
          Optional.of(id.arm()));
    }

    /** {@code campaign/replicate}, or {@code campaign}. */
    public String key() {
      return replicate.isPresent() ? campaign + "/" + replicate.getAsInt() : campaign;
    }
  }

  /**
   * How far it is.
   *
   * @param iterations at which the training ends
   * @param validationLossNats as last measured; empty if it is no number
   * @param remainingPercent Pm of the mask
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Reached(
      OptionalInt iteration,
      OptionalInt iterations,
      OptionalDouble validationLossNats,
      OptionalDouble validationAccuracyPercent,
      OptionalDouble remainingPercent) {

    /** News without numbers. */
    public static final Reached NOTHING =
        new Reached(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());

    /** Drops numbers that JSON cannot hold. */
    public Reached {
      validationLossNats = finite(validationLossNats);
      validationAccuracyPercent = finite(validationAccuracyPercent);
      remainingPercent = finite(remainingPercent);
    }

    /** Numbers of iterations done and to be done. */
    public static Reached iteration(int iteration, int iterations) {
      return new Reached(
          OptionalInt.of(iteration),
          OptionalInt.of(iterations),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }

    /** This and what was measured on the validation set. */
    public Reached measured(double lossNats, double accuracyPercent) {
      return new Reached(
          iteration,
          iterations,
          OptionalDouble.of(lossNats),
          OptionalDouble.of(accuracyPercent),
          remainingPercent);
    }

    /** This and what a mask keeps. */
    public Reached remaining(double percent) {
      return new Reached(
          iteration,
          iterations,
          validationLossNats,
          validationAccuracyPercent,
          OptionalDouble.of(percent));
    }

    private static OptionalDouble finite(OptionalDouble number) {
      return number.isPresent() && Double.isFinite(number.getAsDouble())
          ? number
          : OptionalDouble.empty();
    }
  }
}
