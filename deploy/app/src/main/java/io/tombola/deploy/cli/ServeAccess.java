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

/** Options that say to whom the store is served. */
final class ServeAccess {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = ServeOptions.DEFAULT_HOST,
      description =
          "Where to listen (default: ${DEFAULT-VALUE}, for this machine alone). Elsewhere a token"
              + " is needed; one is drawn if none is given.")
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token that clients must show (else: $TOMBOLA_SERVE_TOKEN).")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--read-only",
      description = "Take no orders: campaigns cannot be paused, resumed or cancelled from there.")
  private boolean readOnly;

  /**
   * Begins to serve.
   *
   * @param ofRun whether this process is there to carry a campaign out
   * @param remarks is told what keeps the server from its work
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
   * Refuses these options where nothing is served.
   *
   * @throws UsageException if one is there
   */
  void requireNone() {
    if (readOnly || tokenFile.isPresent() || !host.equals(ServeOptions.DEFAULT_HOST)) {
      throw new UsageException(
          "expected --serve beside --host, --token-file or --read-only, found none; add it");
    }
  }

  /** Says where a browser finds it. */
  static void announce(WebServer server, Console console) {
    console.err().println("dashboard: " + server.url());
    console.err().flush();
  }
}
