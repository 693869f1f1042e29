package io.tombola.deploy.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** Kafka settings for one small node that must not lose acknowledged records. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String HOST = "127.0.0.1";
  private static final long TEN_YEARS_MINUTES = Duration.ofDays(3650).toMinutes();
  private static final List<String> SINGLE_NODE_KEYS =
      List.of(
          "num.partitions",
          "default.replication.factor",
          "min.insync.replicas",
          "offsets.topic.replication.factor",
          "offsets.topic.num.partitions",
          "transaction.state.log.replication.factor",
          "transaction.state.log.min.isr",
          "transaction.state.log.num.partitions",
          "share.coordinator.state.topic.replication.factor",
          "share.coordinator.state.topic.min.isr",
          "share.coordinator.state.topic.num.partitions",
          "group.coordinator.threads",
          "log.cleaner.threads",
          "num.network.threads",
          "num.recovery.threads.per.data.dir");

  private BrokerSettings() {}

  static String address(BrokerPorts ports) {
    return HOST + ":" + ports.broker();
  }

  static Properties of(Path log, BrokerPorts ports) {
    Properties settings = new Properties();
    node(settings, log, ports);
    durability(settings);
    size(settings);
    return settings;
  }

  private static void node(Properties settings, Path log, BrokerPorts ports) {
    String controller = HOST + ":" + ports.controller();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", log.toString());
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put(
        "listeners",
        "PLAINTEXT://%s,%s://%s".formatted(address(ports), CONTROLLER_LISTENER, controller));
    settings.put("advertised.listeners", "PLAINTEXT://" + address(ports));
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // After a crash the controller accepts the restarted broker only after this timeout.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "1000");
  }

  private static void durability(Properties settings) {
    // With one replica an acknowledged record must be on disk.
    settings.put("log.flush.interval.messages", "1");
    settings.put("log.retention.ms", "-1");
    // The publisher stores its positions as offsets of groups without consumers.
    settings.put("offsets.retention.minutes", Long.toString(TEN_YEARS_MINUTES));
  }

  private static void size(Properties settings) {
    SINGLE_NODE_KEYS.forEach(key -> settings.put(key, "1"));
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    // The defaults are 128 MB of heap and 10 MB per segment.
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    // Without this the controller writes a no-op record twice per second.
    settings.put("metadata.max.idle.interval.ms", "0");
  }
}
