package io.tombola.actors.simulation;

import akka.actor.ActorSystem;
import akka.actor.setup.Setup;

/** Leads from an actor system to the life that it is part of. */
final class LifeSetup extends Setup {

  private final Life life;

  LifeSetup(Life life) {
    this.life = life;
  }

  static Life of(ActorSystem.Settings settings) {
    return settings.setup().get(LifeSetup.class).orElseThrow().life;
  }
}
