package io.tombola.actors.device.child;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainJob;

/** What a trainer's process is told: a trainer's commands without whom to answer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Order.Train.class, name = "train"),
  @JsonSubTypes.Type(value = Order.Keep.class, name = "keep"),
  @JsonSubTypes.Type(value = Order.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = Order.Probe.class, name = "probe")
})
sealed interface Order {

  /** Train under this lease epoch. */
  record Train(long epoch, TrainJob job) implements Order {}

  /** The log holds the checkpoint: train on. */
  record Keep(long epoch, CheckpointRef checkpoint) implements Order {}

  /** Write a checkpoint and stop what was begun under this lease epoch. */
  record Stop(long epoch) implements Order {}

  /** Find out whether the device computes. */
  record Probe() implements Order {}
}
