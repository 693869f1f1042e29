package io.tombola.actors.publish;

import java.util.HashMap;
import java.util.Map;

/**
 * The address of a cluster and the configuration of its clients.
 *
 * @param bootstrapServers {@code host:port}, comma-separated
 * @param client any property of Kafka's clients, such as {@code security.protocol}; the properties
 *     that exactly-once delivery depends on are ignored
 */
public record KafkaCluster(String bootstrapServers, Map<String, String> client) {

  /** Keeps a copy. */
  public KafkaCluster {
    client = Map.copyOf(client);
  }

  /** Without the properties' values, some of which are secrets. */
  @Override
  public String toString() {
    return "KafkaCluster[%s, %s]".formatted(bootstrapServers, client.keySet());
  }

  /** A cluster that needs no more than its address. */
  public static KafkaCluster at(String bootstrapServers) {
    return new KafkaCluster(bootstrapServers, Map.of());
  }

  /** Properties of a client: {@code defaults}, under the user's, under {@code fixed}. */
  public Map<String, Object> properties(Map<String, String> defaults, Map<String, String> fixed) {
    Map<String, Object> properties = new HashMap<>();
    // Timeouts that let a client fail within seconds when the cluster is unavailable.
    properties.put("request.timeout.ms", "5000");
    properties.put("default.api.timeout.ms", "10000");
    properties.put("reconnect.backoff.ms", "100");
    properties.put("reconnect.backoff.max.ms", "2000");
    properties.put("socket.connection.setup.timeout.ms", "3000");
    properties.putAll(defaults);
    properties.putAll(client);
    properties.putAll(fixed);
    properties.put("bootstrap.servers", bootstrapServers);
    return properties;
  }
}
