package io.tombola.actors.device.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.progress.Progress;

/** What a trainer's process says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Answer.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Answer.Reported.class, name = "reported"),
  @JsonSubTypes.Type(value = Answer.Probed.class, name = "probed"),
  @JsonSubTypes.Type(value = Answer.Told.class, name = "told")
})
sealed interface Answer {

  /** The engine is open; orders are carried out from now on. */
  record Ready() implements Answer {}

  /** A report on what was begun under this lease epoch. */
  record Reported(long epoch, Trainer.Report report) implements Answer {}

  /** What came of a probe. */
  record Probed(Trainer.Health health) implements Answer {}

  /** News for people to look at. */
  record Told(
      @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
          @JsonSubTypes({
            @JsonSubTypes.Type(value = Progress.TrainingBegan.class, name = "began"),
            @JsonSubTypes.Type(value = Progress.TrainingAdvanced.class, name = "advanced"),
            @JsonSubTypes.Type(value = Progress.TrainingLeft.class, name = "left")
          })
          Progress news)
      implements Answer {}
}
