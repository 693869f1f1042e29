package io.tombola.deploy.broker;

import java.nio.file.Path;

/**
 * The files of an embedded broker.
 *
 * @param root the store's {@code kafka} folder
 */
record BrokerDirectory(Path root) {

  /** Kafka's log directory. */
  Path log() {
    return root.resolve("log");
  }

  /** Locked by the process whose broker uses {@link #log}. */
  Path lock() {
    return root.resolve("lock");
  }

  /** The ports of the last run, which a restarted broker reuses. */
  Path ports() {
    return root.resolve("ports");
  }
}
