package io.tombola.storage.journal.akka;

import akka.actor.ActorSystem;
import akka.actor.setup.Setup;
import io.tombola.storage.JournalListener;

/**
 * Gives the journal of an actor system what no configuration can hold: one more part of the {@link
 * akka.actor.setup.ActorSystemSetup} that the system is made with. Immutable.
 */
public final class JournalSetup extends Setup {

  private final JournalListener listener;

  /** The setup of a journal with a listener. */
  public JournalSetup(JournalListener listener) {
    this.listener = listener;
  }

  /** The listener of the journal of {@code system}. */
  static JournalListener listenerOf(ActorSystem system) {
    return system
        .settings()
        .setup()
        .get(JournalSetup.class)
        .map(setup -> setup.listener)
        .orElse(JournalListener.NONE);
  }
}
