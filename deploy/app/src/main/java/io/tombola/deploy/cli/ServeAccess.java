package io.tombola.deploy.cli;

import io.tombola.deploy.metrics.StoreMetrics;
import io.tombola.deploy.serve.ServeOptions;
import io.tombola.deploy.serve.Token;
import io.tombola.deploy.serve.WebServer;
import io.tombola.storage.StoreLayout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that decide who can reach the server. */
final class ServeAccess {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = ServeOptions.DEFAULT_HOST,
      description =
          "The address to listen on (default: ${DEFAULT-VALUE}, reachable from this machine only)."
              + " Any other address needs a token; a random one is made if none is given.")
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token that clients must send (else: $TOMBOLA_SERVE_TOKEN).")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(names = "--read-only", description = "Clients cannot pause, resume or cancel campaigns.")
  private boolean readOnly;

  /**
   * Starts the server.
   *
   * @param ofRun whether this process also runs a campaign
   * @param remarks receives problems of the server, one line each
   * @throws io.tombola.deploy.serve.BadServeOptionException if it cannot listen as asked
   */
  WebServer open(int port, StoreLayout store, boolean ofRun, Consumer<String> remarks) {
    ServeOptions options =
        new ServeOptions(host, port, Token.given(tokenFile, System.getenv()), readOnly);
    return WebServer.open(
        options,
        new WebServer.Content(store, Clock.systemUTC(), StoreMetrics::scrape, ofRun, remarks));
  }

  /**
   * Rejects these options without {@code --serve}.
   *
   * @throws UsageException if one is there
   */
  void requireNone() {
    if (readOnly || tokenFile.isPresent() || !host.equals(ServeOptions.DEFAULT_HOST)) {
      throw new UsageException(
          "expected --serve beside --host, --token-file or --read-only, found none; add it");
    }
  }

  /** Prints the address of the dashboard. */
  static void announce(WebServer server, Console console) {
    console.err().println("dashboard: " + server.url());
    console.err().flush();
  }
}
