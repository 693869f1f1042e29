package io.tombola.protocol.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One finished trial: a row of the results table and a record of {@code tombola.rounds.v1}. A trial
 * without a result has a status that says why, and no numbers; a number that is not finite is
 * empty, since JSON has none. Holds nothing that depends on the clock or the machine, so that two
 * runs of a campaign can be compared byte for byte.
 */
@JsonPropertyOrder({
  "campaign",
  "replicate",
  "round",
  "arm",
  "status",
  "iterations",
  "remaining_weights",
  "prunable_weights",
  "remaining_percent",
  "early_stop_iteration",
  "early_stop_validation_loss_nats",
  "early_stop_validation_accuracy_percent",
  "early_stop_test_accuracy_percent",
  "final_validation_loss_nats",
  "final_test_accuracy_percent",
  "mask_sha256",
  "weights_sha256",
  "error_barrier_percent",
  "failed_iteration",
  "failed_layer",
  "engine"
})
public record RoundRecord(
    String campaign,
    int replicate,
    int round,
    Arm arm,
    Status status,
    int iterations,
    @JsonProperty("remaining_weights") long remainingWeights,
    @JsonProperty("prunable_weights") long prunableWeights,
    @JsonProperty("remaining_percent") double remainingPercent,
    @JsonProperty("early_stop_iteration") OptionalInt earlyStopIteration,
    @JsonProperty("early_stop_validation_loss_nats") OptionalDouble earlyStopValidationLossNats,
    @JsonProperty("early_stop_validation_accuracy_percent")
        OptionalDouble earlyStopValidationAccuracyPercent,
    @JsonProperty("early_stop_test_accuracy_percent") OptionalDouble earlyStopTestAccuracyPercent,
    @JsonProperty("final_validation_loss_nats") OptionalDouble finalValidationLossNats,
    @JsonProperty("final_test_accuracy_percent") OptionalDouble finalTestAccuracyPercent,
    @JsonProperty("mask_sha256") ArtifactRef mask,
    @JsonProperty("weights_sha256") Optional<ArtifactRef> weights,
    @JsonProperty("error_barrier_percent") OptionalDouble errorBarrierPercent,
    @JsonProperty("failed_iteration") OptionalInt failedIteration,
    @JsonProperty("failed_layer") Optional<String> failedLayer,
    EngineName engine) {

  /** How a trial ended. */
  public enum Status {
    /** It has a result. */
    @JsonProperty("ok")
    OK,
    /** Its loss became infinite or undefined. */
    @JsonProperty("diverged")
    DIVERGED,
    /** It could not be trained for another reason. */
    @JsonProperty("failed")
    FAILED
  }

  /** Drops numbers that JSON cannot hold. A record before version 0.4.0 has no engine: DL4J. */
  public RoundRecord {
    engine = engine == null ? EngineName.DL4J : engine;
    earlyStopValidationLossNats = finite(earlyStopValidationLossNats);
    earlyStopValidationAccuracyPercent = finite(earlyStopValidationAccuracyPercent);
    earlyStopTestAccuracyPercent = finite(earlyStopTestAccuracyPercent);
    finalValidationLossNats = finite(finalValidationLossNats);
    finalTestAccuracyPercent = finite(finalTestAccuracyPercent);
    errorBarrierPercent = finite(errorBarrierPercent);
  }

  private static OptionalDouble finite(OptionalDouble number) {
    return number != null && number.isPresent() && Double.isFinite(number.getAsDouble())
        ? number
        : OptionalDouble.empty();
  }

  /** How it ended, for people, such as {@code ok} or {@code diverged at 120 in dense-1}. */
  public String ending() {
    String at = failedIteration.isPresent() ? " at " + failedIteration.getAsInt() : "";
    return status.name().toLowerCase(Locale.ROOT)
        + at
        + failedLayer.map(layer -> " in " + layer).orElse("");
  }

  /** The trial this is the result of. */
  public TrialId trial() {
    return new TrialId(campaign, replicate, round, arm);
  }
}
