package io.tombola.deploy.config;

import io.tombola.deploy.config.KafkaSettings.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The block {@code kafka}. */
final class KafkaKeys {

  static final ConfigKey<Mode> MODE =
      ConfigKey.of("kafka.mode", ConfigKeyType.choice(Mode.class), "embedded")
          .doc(
              """
              embedded: a broker of Tombola's own, with its log in the store. external: the broker at
              bootstrap-servers. off: results stay in the journal, to be published later.
              """);

  static final ConfigKey<Optional<String>> BOOTSTRAP_SERVERS =
      ConfigKey.nullable("kafka.bootstrap-servers", ConfigKeyType.TEXT, "\"localhost:9092\"")
          .doc("host:port, several separated by commas; for mode = external.");

  static final ConfigKey<Map<String, String>> CLIENT =
      ConfigKey.of("kafka.client", ConfigKeyType.PROPERTIES, "{}")
          .doc(
              """
              Any property of Kafka's clients, such as security.protocol = SSL. Secrets do not belong
              on a command line: take them from the environment, "sasl.jaas.config" = ${MY_JAAS}, or
              from client-file.
              """);

  static final ConfigKey<Optional<String>> CLIENT_FILE =
      ConfigKey.nullable("kafka.client-file", ConfigKeyType.TEXT, "client.properties")
          .doc(
              """
              A file of such properties, key=value on each line; properties in client win over it.
              Its values are never shown or stored.
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("kafka", "Where results are published."),
          MODE,
          BOOTSTRAP_SERVERS,
          CLIENT,
          CLIENT_FILE);

  private KafkaKeys() {}

  static KafkaSettings read(ConfigReader config) {
    Mode mode = config.get(MODE);
    Optional<String> servers = config.get(BOOTSTRAP_SERVERS);
    if (mode == Mode.EXTERNAL && servers.isEmpty()) {
      throw config.error(
          MODE,
          "external needs kafka.bootstrap-servers, found none",
          "name the broker by --set kafka.bootstrap-servers=HOST:PORT");
    }
    if (mode != Mode.EXTERNAL && servers.isPresent()) {
      throw config.error(
          BOOTSTRAP_SERVERS,
          "expected only with kafka.mode = external, found kafka.mode = "
              + ConfigKeyType.word(mode),
          "use that broker by --set kafka.mode=external");
    }
    Map<String, String> client =
        new TreeMap<>(
            config
                .get(CLIENT_FILE)
                .map(file -> ClientProperties.read(config, file))
                .orElse(Map.of()));
    client.putAll(config.get(CLIENT));
    return new KafkaSettings(mode, servers, client);
  }
}
