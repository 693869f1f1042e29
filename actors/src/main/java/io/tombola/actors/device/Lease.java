package io.tombola.actors.device;

import akka.actor.typed.ActorRef;

/**
 * The right to train on a device.
 *
 * @param device such as {@code cpu:0}
 * @param epoch grows with every grant, so that pool and trainer can ignore messages of an earlier
 *     lease (a fencing token)
 * @param trainer the actor that owns the device
 */
public record Lease(String device, long epoch, ActorRef<Trainer.Command> trainer) {}
