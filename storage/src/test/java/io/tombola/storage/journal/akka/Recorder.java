package io.tombola.storage.journal.akka;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.state.CampaignState;
import java.util.List;

/** A persistent actor that persists what it receives and replies once that is on the disk. */
public final class Recorder
    extends EventSourcedBehavior<Recorder.Command, CampaignEvent, CampaignState> {

  public sealed interface Command {}

  /** Persists {@code events} together; answers with the last one's sequence number. */
  record Persist(List<CampaignEvent> events, ActorRef<Long> replyTo) implements Command {}

  record Tell(ActorRef<CampaignState> replyTo) implements Command {}

  private final ActorContext<Command> context;
  private final int snapshotEvery;

  private Recorder(ActorContext<Command> context, String id, int snapshotEvery) {
    super(PersistenceId.ofUniqueId(id));
    this.context = context;
    this.snapshotEvery = snapshotEvery;
  }

  static Behavior<Command> of(String id, int snapshotEvery) {
    return Behaviors.setup(context -> new Recorder(context, id, snapshotEvery));
  }

  @Override
  public CampaignState emptyState() {
    return CampaignState.EMPTY;
  }

  @Override
  public CommandHandler<Command, CampaignEvent, CampaignState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Persist.class,
            command ->
                Effect()
                    .persist(command.events())
                    .thenReply(command.replyTo(), state -> lastSequenceNumber(context)))
        .onCommand(Tell.class, (state, command) -> Effect().reply(command.replyTo(), state))
        .build();
  }

  @Override
  public EventHandler<CampaignState, CampaignEvent> eventHandler() {
    return CampaignState::apply;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return snapshotEvery == 0
        ? RetentionCriteria.disabled()
        : RetentionCriteria.snapshotEvery(snapshotEvery, 2);
  }
}
