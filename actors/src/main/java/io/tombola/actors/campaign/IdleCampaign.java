package io.tombola.actors.campaign;

import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ControlDecision;
import java.time.Clock;

/**
 * A campaign of the store that this process does not run: persists the control commands that the
 * campaign accepts, so that the process that runs it next obeys them.
 */
public final class IdleCampaign
    extends EventSourcedBehavior<ControlCommand, CampaignEvent, CampaignState> {

  private final Clock clock;

  /** The behavior; at most one for a campaign, and none for the one that this process runs. */
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
            (state, command) ->
                command.decide(state, clock.instant()) instanceof ControlDecision.Accepted accepted
                    ? Effect().persist(accepted.event())
                    : Effect().none());
  }

  @Override
  public EventHandler<CampaignState, CampaignEvent> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(CampaignState::apply);
  }
}
