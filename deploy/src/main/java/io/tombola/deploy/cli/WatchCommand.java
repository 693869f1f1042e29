package io.tombola.deploy.cli;

import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.deploy.live.StoreWatch;
import io.tombola.deploy.watch.Screen;
import io.tombola.deploy.watch.Tui;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola watch}. */
@Command(
    name = "watch",
    description = {
      "Shows campaigns as they go, on the whole terminal: devices, accuracy against Pm, events, ETA.",
      "Disturbs nothing, and goes on when a run is killed and started again. q quits."
    })
final class WatchCommand extends StoreCommand {

  private static final int COLUMNS = 100;
  private static final int ROWS = 40;

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "The campaign to show first (default: the newest).")
  private String campaign = "";

  @Option(
      names = "--once",
      description = "Print how it is now and exit; so it is without a terminal.")
  private boolean once;

  @Override
  ExitCode execute(Console console) throws IOException {
    try (StoreWatch watch = new StoreWatch(store(), Clock.systemUTC())) {
      StoreSnapshot now = watch.look();
      if (!campaign.isEmpty()) {
        Campaigns.require(
            now.campaigns().stream().map(c -> c.status().campaign()).toList(), store(), campaign);
      }
      if (common.json) {
        console.printJson(now);
      } else if (once || !rewritable()) {
        console.print(text(now));
      } else {
        show(watch);
      }
    }
    return ExitCode.DONE;
  }

  private void show(StoreWatch watch) throws IOException {
    try (Tui tui = Tui.open()) {
      tui.show(watch::look, campaign);
    }
  }

  private String text(StoreSnapshot now) {
    return Screen.of(now, campaign, ZoneId.systemDefault()).lines(COLUMNS, ROWS).stream()
        .limit(ROWS - 1)
        .map(AttributedString::toString)
        .collect(Collectors.joining("\n"))
        .stripTrailing()
        .concat("\n");
  }
}
