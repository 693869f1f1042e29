package io.tombola.deploy.cli;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.deploy.control.ControlClient;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.NextCommandHint;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.view.CampaignView;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tombola pause}, {@code resume} and {@code cancel}. */
abstract class PauseResumeCancelCommand extends StoreCommand {

  /** {@code tombola pause}. */
  @Command(
      name = "pause",
      description = {
        "Pauses a campaign: trainers stop at their next slice and save a checkpoint.",
        "It stays paused until 'tombola resume', also after its process has ended; results do not change."
      })
  static final class Pause extends PauseResumeCancelCommand {

    Pause(StopHook stopHook) {
      super(ControlCommand.PAUSE, stopHook);
    }
  }

  /** {@code tombola resume}. */
  @Command(
      name = "resume",
      description = {
        "Resumes a paused campaign, or revokes a cancellation.",
        "If no process runs the campaign, start it with 'tombola run' afterwards."
      })
  static final class Resume extends PauseResumeCancelCommand {

    Resume(StopHook stopHook) {
      super(ControlCommand.RESUME, stopHook);
    }
  }

  /** {@code tombola cancel}. */
  @Command(
      name = "cancel",
      description = {
        "Ends a campaign early and keeps its results so far.",
        "'tombola run' then rejects it, until 'tombola resume' revokes the cancellation."
      })
  static final class Cancel extends PauseResumeCancelCommand {

    Cancel(StopHook stopHook) {
      super(ControlCommand.CANCEL, stopHook);
    }
  }

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ControlCommand command;
  private final StopHook stopHook;

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "A campaign's name (default: the one that runs, or the only one).")
  private Optional<String> campaign = Optional.empty();

  private PauseResumeCancelCommand(ControlCommand command, StopHook stopHook) {
    this.command = command;
    this.stopHook = stopHook;
  }

  @Override
  ExitCode execute(Console console) {
    stopHook.onSignal(Thread.currentThread()::interrupt);
    CampaignStatus status;
    try {
      status = new ControlClient(store(), Clock.systemUTC()).send(named(), command, TIMEOUT);
    } catch (InterruptedException e) {
      console.err().println("interrupted; the command is withdrawn");
      return ExitCode.INTERRUPTED;
    }
    if (common.json) {
      console.printJson(status);
    } else {
      console.print(line(status));
    }
    return ExitCode.DONE;
  }

  private static String line(CampaignStatus status) {
    return "%s: %s%s%n"
        .formatted(
            status.campaign(),
            status.state().name().toLowerCase(Locale.ROOT),
            NextCommandHint.of(status).map(next -> "; " + next).orElse(""));
  }

  private String named() {
    try (JournalReader journal = JournalReader.open(store())) {
      List<CampaignView> all = CampaignLookup.of(journal, store(), campaign);
      Optional<LockHolder> holder = LockHolder.find(store());
      return all.stream()
          .filter(view -> holder.filter(who -> CampaignStatus.isRunBy(view, who)).isPresent())
          .findFirst()
          .or(() -> all.stream().filter(view -> all.size() == 1).findFirst())
          .map(CampaignView::name)
          .orElseThrow(() -> which(all));
    }
  }

  private UsageException which(List<CampaignView> all) {
    return new UsageException(
        "expected the name of a campaign, since no process runs one in %s, found none; there are: %s"
            .formatted(
                store().root(),
                all.stream().map(CampaignView::name).collect(Collectors.joining(", "))));
  }
}
