package io.tombola.actors.campaign;

import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ControlDecision;
import java.time.Clock;

/**
 * Enters what users want of a campaign into its log, where this process has the journal but works
 * on another campaign.
 */
public final class IdleCampaign
    extends EventSourcedBehavior<ControlCommand, CampaignEvent, CampaignState> {

  private final Clock clock;

  /** The behavior; one for a campaign, and none for the one that has a supervisor. */
  public static Behavior<ControlCommand> create(String campaign, Clock clock) {
    return FatalErrorInterceptor.around(new IdleCampaign(campaign, clock));
  }

  private IdleCampaign(String campaign, Clock clock) {
    super(PersistenceId.ofUniqueId(JournalId.campaign(campaign)));
    this.clock = clock;
  }

  @Override
  public CampaignState emptyState() {
    return CampaignState.EMPTY;
  }

  @Override
  public CommandHandler<ControlCommand, CampaignEvent, CampaignState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onAnyCommand(
            (state, order) ->
                order.decide(state, clock.instant()) instanceof ControlDecision.Accepted granted
                    ? Effect().persist(granted.event())
                    : Effect().none());
  }

  @Override
  public EventHandler<CampaignState, CampaignEvent> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(CampaignState::apply);
  }
}
