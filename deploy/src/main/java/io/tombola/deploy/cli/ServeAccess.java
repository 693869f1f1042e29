package io.tombola.deploy.cli;

import io.tombola.deploy.serve.ServeOptions;
import io.tombola.deploy.serve.Token;
import java.nio.file.Path;
import java.util.Optional;
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

  ServeOptions options(int port) {
    return new ServeOptions(host, port, Token.given(tokenFile, System.getenv()), readOnly);
  }
}
