package io.tombola.actors.device.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainJob;

/** What a trainer's process is told: a trainer's commands without whom to answer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainerRequest.Train.class, name = "train"),
  @JsonSubTypes.Type(value = TrainerRequest.CheckpointPersisted.class, name = "keep"),
  @JsonSubTypes.Type(value = TrainerRequest.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = TrainerRequest.Probe.class, name = "probe")
})
sealed interface TrainerRequest {

  /** Train under this lease epoch. */
  record Train(long epoch, TrainJob job) implements TrainerRequest {}

  /** The log holds the checkpoint: train on. */
  record CheckpointPersisted(long epoch, CheckpointRef checkpoint) implements TrainerRequest {}

  /** Write a checkpoint and stop what was begun under this lease epoch. */
  record Stop(long epoch) implements TrainerRequest {}

  /** Find out whether the device computes. */
  record Probe() implements TrainerRequest {}
}
