package io.tombola.deploy.cli;

import io.tombola.deploy.live.StoreMonitor;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.deploy.serve.Token;
import io.tombola.deploy.watch.RemoteStore;
import io.tombola.deploy.watch.Screen;
import io.tombola.deploy.watch.Tui;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola watch}. */
@Command(
    name = "watch",
    description = {
      "Shows the progress of campaigns on the whole terminal: devices, accuracy against Pm, events,"
          + " ETA.",
      "Never slows a run down, and continues when a run is killed and started again. q quits."
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
      description = "Print the present state and exit; the default without a terminal.")
  private boolean once;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Watch a remote store: the address that 'tombola serve' printed there;"
              + " instead of --store.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with the token of the server (else: $TOMBOLA_SERVE_TOKEN, or in the"
              + " address).")
  private Optional<Path> tokenFile = Optional.empty();

  @Override
  ExitCode execute(Console console) throws IOException {
    if (url.isPresent()) {
      RemoteStore remote = remote(url.get());
      return watch(remote::poll, first(remote), console);
    }
    try (StoreMonitor watch = new StoreMonitor(store(), Clock.systemUTC())) {
      return watch(watch::poll, watch.poll(), console);
    }
  }

  private RemoteStore remote(URI page) {
    if (page.getHost() == null || !List.of("http", "https").contains(page.getScheme())) {
      throw new UsageException(
          "--url: expected an address such as http://127.0.0.1:8420/, found '" + page + "'");
    }
    return new RemoteStore(page, Token.given(tokenFile, System.getenv()), Clock.systemUTC());
  }

  private static StoreSnapshot first(RemoteStore remote) {
    try {
      return remote.poll();
    } catch (ConnectException | HttpTimeoutException e) {
      throw new UsageException(
          "--url: expected a server at "
              + remote.url()
              + ", found no answer; start one"
              + " with 'tombola serve' or 'tombola run --serve'");
    } catch (IOException e) {
      throw new UsageException("--url: " + ExceptionMessage.of(e));
    }
  }

  private ExitCode watch(Tui.Source source, StoreSnapshot now, Console console) throws IOException {
    if (!campaign.isEmpty()) {
      CampaignLookup.require(
          now.campaigns().stream().map(c -> c.status().campaign()).toList(), now.store(), campaign);
    }
    if (common.json) {
      console.printJson(now);
    } else if (once || !rewritable()) {
      console.print(text(now));
    } else {
      try (Tui tui = Tui.open()) {
        tui.show(source, campaign);
      }
    }
    return ExitCode.DONE;
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
