package io.tombola.actors.device.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tombola.actors.device.Trainer;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainJob;

/** A request to a trainer's process: a {@link Trainer.Command} without its actor references. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainerRequest.Train.class, name = "train"),
  @JsonSubTypes.Type(
      value = TrainerRequest.CheckpointPersisted.class,
      name = "checkpoint-persisted"),
  @JsonSubTypes.Type(value = TrainerRequest.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = TrainerRequest.Probe.class, name = "probe")
})
sealed interface TrainerRequest {

  /** Train under this lease epoch. */
  record Train(long epoch, TrainJob job) implements TrainerRequest {}

  /** The journal holds the checkpoint: training may continue past it. */
  record CheckpointPersisted(long epoch, CheckpointRef checkpoint) implements TrainerRequest {}

  /** Write a checkpoint and stop the training of this lease epoch. */
  record Stop(long epoch) implements TrainerRequest {}

  /** Check whether the device computes. */
  record Probe() implements TrainerRequest {}
}
