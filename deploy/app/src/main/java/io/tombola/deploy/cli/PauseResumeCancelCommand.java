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
        "Has a campaign wait: trainers stop at their next slice, with a checkpoint.",
        "It stays paused until it is resumed, also over the end of its process; no result changes."
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
        "Has a paused campaign go on, or takes a cancellation back.",
        "Where nobody works on the campaign, 'tombola run' then goes on with it."
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
        "Ends a campaign before its time; what there is of results stays.",
        "'tombola run' refuses it from then on, until 'tombola resume' takes that back."
      })
  static final class Cancel extends PauseResumeCancelCommand {

    Cancel(StopHook stopHook) {
      super(ControlCommand.CANCEL, stopHook);
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ControlCommand order;
  private final StopHook stopHook;

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "A campaign's name (default: the one that is worked on, or the only one).")
  private Optional<String> campaign = Optional.empty();

  private PauseResumeCancelCommand(ControlCommand order, StopHook stopHook) {
    this.order = order;
    this.stopHook = stopHook;
  }

  @Override
  ExitCode execute(Console console) {
    stopHook.onSignal(Thread.currentThread()::interrupt);
    CampaignStatus status;
    try {
      status = new ControlClient(store(), Clock.systemUTC()).send(named(), order, PATIENCE);
    } catch (InterruptedException e) {
      console.err().println("interrupted; the order is withdrawn");
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
        "expected the name of a campaign, since nobody works on any in %s, found none; there are: %s"
            .formatted(
                store().root(),
                all.stream().map(CampaignView::name).collect(Collectors.joining(", "))));
  }
}
