package io.tombola.actors.simulation;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.dispatch.Envelope;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageQueue;
import akka.dispatch.ProducesMessageQueue;
import akka.dispatch.UnboundedMailbox;
import com.typesafe.config.Config;
import scala.Option;

/** The mailbox of typed actors: reports each message to the simulation before it is handled. */
final class SimulatedMailbox
    implements MailboxType, ProducesMessageQueue<UnboundedMailbox.MessageQueue> {

  private final SimulatedProcess process;

  /** Called by Akka. */
  SimulatedMailbox(ActorSystem.Settings settings, Config config) {
    process = SimulatedProcessSetup.of(settings);
  }

  @Override
  public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
    process.actorCreated(owner.get());
    return new Queue(owner.get().path().toStringWithoutAddress());
  }

  private final class Queue extends UnboundedMailbox.MessageQueue {

    private static final long serialVersionUID = 1L;

    private final String owner;
    private boolean closed;

    Queue(String owner) {
      this.owner = owner;
    }

    @Override
    public Envelope dequeue() {
      Envelope next = super.dequeue();
      if (next != null && !closed) {
        process.messageTaken(new HandledMessage(owner, next.message()));
      }
      return next;
    }

    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
      closed = true;
      super.cleanUp(owner, deadLetters);
    }
  }
}
