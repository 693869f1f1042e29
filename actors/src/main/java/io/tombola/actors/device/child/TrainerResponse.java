package io.tombola.actors.device.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.progress.Progress;

/** A message of a trainer's process to its parent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainerResponse.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = TrainerResponse.Reported.class, name = "reported"),
  @JsonSubTypes.Type(value = TrainerResponse.Probed.class, name = "probed"),
  @JsonSubTypes.Type(value = TrainerResponse.ProgressReported.class, name = "progress")
})
sealed interface TrainerResponse {

  /** The engine is open; requests are handled from now on. */
  record Ready() implements TrainerResponse {}

  /** A report on the training of this lease epoch. */
  record Reported(long epoch, Trainer.Report report) implements TrainerResponse {}

  /** The result of a probe. */
  record Probed(Trainer.Health health) implements TrainerResponse {}

  /** Progress of a training, for display. */
  record ProgressReported(
      @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
          @JsonSubTypes({
            @JsonSubTypes.Type(value = Progress.TrainingBegan.class, name = "began"),
            @JsonSubTypes.Type(value = Progress.TrainingAdvanced.class, name = "advanced"),
            @JsonSubTypes.Type(value = Progress.TrainingLeft.class, name = "left")
          })
          Progress progress)
      implements TrainerResponse {}
}
