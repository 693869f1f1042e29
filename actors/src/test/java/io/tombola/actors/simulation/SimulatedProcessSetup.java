package io.tombola.actors.simulation;

import akka.actor.ActorSystem;
import akka.actor.setup.Setup;

/** Gives the parts of an actor system access to the process that it belongs to. */
final class SimulatedProcessSetup extends Setup {

  private final SimulatedProcess process;

  SimulatedProcessSetup(SimulatedProcess process) {
    this.process = process;
  }

  static SimulatedProcess of(ActorSystem.Settings settings) {
    return settings.setup().get(SimulatedProcessSetup.class).orElseThrow().process;
  }
}
