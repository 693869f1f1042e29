package io.tombola.deploy.cli;

import io.tombola.deploy.serve.ServeOptions;
import io.tombola.deploy.serve.WebServer;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombola serve}. */
@Command(
    name = "serve",
    description = {
      "Serves the store over HTTP until Ctrl-C: a dashboard of its campaigns, a JSON API",
      "with a stream of events, and metrics for Prometheus. Never slows a run down, and continues when a"
          + " run",
      "is killed and started again."
    })
final class ServeCommand extends StoreCommand {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + ServeOptions.DEFAULT_PORT,
      description = "The port to listen on (default: ${DEFAULT-VALUE}; 0 for any free one).")
  private int port;

  @Mixin private ServeAccess access;

  private final StopHook stopHook;

  ServeCommand(StopHook stopHook) {
    this.stopHook = stopHook;
  }

  @Override
  ExitCode execute(Console console) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Consumer<String> remarks =
        line -> {
          console.err().println("warning: " + line);
          console.err().flush();
        };
    try (WebServer server = access.open(port, store(), false, remarks)) {
      stopHook.onSignal(stopped::countDown);
      ServeAccess.announce(server, console);
      stopped.await();
    }
    return ExitCode.DONE;
  }
}
