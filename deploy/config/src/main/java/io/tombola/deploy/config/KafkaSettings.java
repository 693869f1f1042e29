package io.tombola.deploy.config;

import java.util.Map;
import java.util.Optional;

/**
 * Where results are published.
 *
 * @param bootstrapServers {@code host:port,...}; present exactly when {@code mode} is external
 * @param client properties for Kafka's clients
 */
public record KafkaSettings(
    Mode mode, Optional<String> bootstrapServers, Map<String, String> client) {

  /** Which broker. */
  public enum Mode {
    /** A broker that Tombola starts, with its log in the store. */
    EMBEDDED,
    /** A running broker, by its address. */
    EXTERNAL,
    /** None: results stay in the journal, to be published later. */
    OFF
  }

  /** Keeps an immutable copy. */
  public KafkaSettings {
    client = Map.copyOf(client);
  }

  /** Without the properties' values, some of which are secrets. */
  @Override
  public String toString() {
    return "KafkaSettings[%s, %s, %s]"
        .formatted(mode, bootstrapServers.orElse(""), client.keySet());
  }
}
