package io.tombola.deploy.control;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ControlDecision;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalBinding;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.lock.StoreInUseException;
import io.tombola.storage.lock.StoreLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * One order, from its giver to the journal. The process that has the store is written to; where
 * there is none, or it is gone before it did anything, the giver is as good. Belongs to one thread.
 */
final class CommandDelivery {

  /** A letter, and whom it was written to. */
  private record Sent(LockHolder to, Path letter) {}

  private final StoreLayout store;
  private final Clock clock;
  private final String campaign;
  private final ControlCommand order;
  private final CampaignJournal book;
  private final CommandQueue mailbox;
  private final long from;
  private Optional<Sent> sent = Optional.empty();

  CommandDelivery(
      StoreLayout store, Clock clock, String campaign, ControlCommand order, CampaignJournal book) {
    this.store = store;
    this.clock = clock;
    this.campaign = campaign;
    this.order = order;
    this.book = book;
    this.mailbox = new CommandQueue(store, clock);
    this.from = book.position();
  }

  /**
   * Does what can be done now.
   *
   * @return whether the journal holds it
   * @throws CommandRejectedException if the campaign cannot follow
   */
  boolean attempt() throws IOException {
    if (isFollowed()) {
      return true;
    }
    ControlDecision ruling = ruling();
    if (ruling instanceof ControlDecision.NoChange) {
      return true;
    }
    if (ruling instanceof ControlDecision.Rejected refused) {
      throw refusal(refused.why());
    }
    Optional<LockHolder> holder = LockHolder.find(store);
    if (holder.isPresent()) {
      writeTo(holder.get());
      return false;
    }
    // Before the giver does it: a process that starts now may take the letter for its own.
    withdraw();
    return enter();
  }

  /** Whether it was, even if something else was ordered since. */
  boolean isFollowed() {
    return book.since(from).stream().anyMatch(order::isRecordedBy);
  }

  private ControlDecision ruling() {
    CampaignState state = book.state();
    if (state.spec().isEmpty()) {
      throw new CommandRejectedException(
          "expected a campaign in "
              + store.root()
              + ", found none named '"
              + campaign
              + "'; 'tombola status' lists them");
    }
    return order.decide(state, clock.instant());
  }

  private CommandRejectedException refusal(String why) {
    return new CommandRejectedException(
        "expected a campaign to %s, found that '%s' %s".formatted(order, campaign, why));
  }

  private void writeTo(LockHolder holder) throws IOException {
    if (sent.filter(letter -> letter.to().equals(holder)).isEmpty()) {
      withdraw();
      Path letter = mailbox.put(new QueuedCommand(holder.toString(), campaign, order));
      sent = Optional.of(new Sent(holder, letter));
    }
  }

  /** Enters the order into the journal, unless somebody has the store after all. */
  private boolean enter() {
    try (StoreLock lock = StoreLock.acquire(store)) {
      JournalBinding.settle(store, Optional.empty());
      // What was so before the lock was had need not be so any more.
      if (ruling() instanceof ControlDecision.Accepted granted) {
        requireWhole();
        append(granted.event());
      }
      return isFollowed() || ruling() instanceof ControlDecision.NoChange;
    } catch (StoreInUseException e) {
      return false;
    }
  }

  private void append(CampaignEvent event) {
    JournalWriter.append(store, book.log(), event);
  }

  /** An entry would count what is left as all there was, and nobody would hear of the loss. */
  private void requireWhole() {
    long lost = book.lostEvents();
    if (lost > 0) {
      throw refusal(
          "has lost %d events; see 'tombola verify', and 'tombola run' trains them again"
              .formatted(lost));
    }
  }

  /**
   * Takes back what is on its way.
   *
   * @return whether nobody has it
   */
  boolean withdraw() throws IOException {
    boolean back = sent.isEmpty() || mailbox.withdraw(sent.get().letter());
    sent = Optional.empty();
    return back;
  }

  /** Whom the order is on its way to, in words. */
  String addressee() {
    return LockHolder.find(store).map(LockHolder::process).orElse("the process at work");
  }
}
