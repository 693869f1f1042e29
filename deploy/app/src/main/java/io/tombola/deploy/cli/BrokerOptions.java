package io.tombola.deploy.cli;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.config.KafkaSettings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name the broker a command uses. */
final class BrokerOptions {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Where the broker is, as for run: kafka.mode=external,"
              + " kafka.bootstrap-servers=HOST:PORT, kafka.client.KEY=VALUE; repeatable.")
  private List<String> settings = List.of();

  KafkaSettings kafka() {
    return ConfigLoader.load(Optional.empty(), settings).kafka();
  }
}
