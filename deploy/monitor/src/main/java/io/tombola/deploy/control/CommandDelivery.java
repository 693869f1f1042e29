package io.tombola.deploy.control;

import io.tombola.actors.campaign.ControlCommand;
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
 * Delivers one command to a campaign. While a process holds the store, the command is queued for
 * that process; otherwise this process appends the event to the journal itself. Not thread-safe.
 */
final class CommandDelivery {

  private record Sent(LockHolder to, Path file) {}

  private final StoreLayout store;
  private final Clock clock;
  private final String campaign;
  private final ControlCommand command;
  private final CampaignJournal journal;
  private final CommandQueue queue;
  private final long start;
  private Optional<Sent> sent = Optional.empty();

  CommandDelivery(StoreLayout store, CampaignJournal journal, ControlCommand command, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.campaign = journal.campaign();
    this.command = command;
    this.journal = journal;
    this.queue = new CommandQueue(store, clock);
    this.start = journal.position();
  }

  /**
   * Takes the next possible step; returns at once.
   *
   * @return whether the journal records the command
   * @throws CommandRejectedException if the campaign rejects the command
   */
  boolean attempt() throws IOException {
    if (isRecorded()) {
      return true;
    }
    ControlDecision decision = decide();
    if (decision instanceof ControlDecision.NoChange) {
      return true;
    }
    if (decision instanceof ControlDecision.Rejected rejected) {
      throw rejection(rejected.why());
    }
    Optional<LockHolder> holder = LockHolder.find(store);
    if (holder.isPresent()) {
      enqueueFor(holder.get());
      return false;
    }
    // First withdraw: otherwise a process that starts now could execute the command a second time.
    withdraw();
    return append();
  }

  /** Whether the journal records the command, even if a later command followed. */
  boolean isRecorded() {
    return journal.since(start).stream().anyMatch(command::isRecordedBy);
  }

  private ControlDecision decide() {
    CampaignState state = journal.state();
    if (state.spec().isEmpty()) {
      throw new CommandRejectedException(
          "expected a campaign in "
              + store.root()
              + ", found none named '"
              + campaign
              + "'; 'tombola status' lists them");
    }
    return command.decide(state, clock.instant());
  }

  private CommandRejectedException rejection(String why) {
    return new CommandRejectedException(
        "expected a campaign to %s, found that '%s' %s".formatted(command, campaign, why));
  }

  private void enqueueFor(LockHolder holder) throws IOException {
    if (sent.filter(last -> last.to().equals(holder)).isEmpty()) {
      withdraw();
      Path file = queue.put(new QueuedCommand(holder.toString(), campaign, command));
      sent = Optional.of(new Sent(holder, file));
    }
  }

  /** Appends the event to the journal; false if another process holds the store after all. */
  private boolean append() {
    try (StoreLock lock = StoreLock.acquire(store)) {
      JournalBinding.bind(store, Optional.empty());
      // The campaign may have changed before this process acquired the lock: decide again.
      if (decide() instanceof ControlDecision.Accepted accepted) {
        requireNoLostEvents();
        JournalWriter.append(store, journal.log(), accepted.event());
      }
      return isRecorded() || decide() instanceof ControlDecision.NoChange;
    } catch (StoreInUseException e) {
      return false;
    }
  }

  /** Appending would raise the high watermark, and the loss would no longer be detected. */
  private void requireNoLostEvents() {
    long lost = journal.lostEvents();
    if (lost > 0) {
      throw rejection(
          "has lost %d events; 'tombola verify' shows them, and 'tombola run' trains them again"
              .formatted(lost));
    }
  }

  /**
   * Removes the command from the queue.
   *
   * @return whether no process has taken it
   */
  boolean withdraw() throws IOException {
    boolean withdrawn = sent.isEmpty() || queue.withdraw(sent.get().file());
    sent = Optional.empty();
    return withdrawn;
  }

  /** The process that is to execute the command, for messages. */
  String recipient() {
    return LockHolder.find(store).map(LockHolder::process).orElse("the running process");
  }
}
