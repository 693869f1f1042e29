package io.tombola.deploy.broker;

import java.nio.file.Path;

/**
 * Where an embedded broker keeps what it has: the store's {@code kafka} folder.
 *
 * @param root the folder
 */
record BrokerDirectory(Path root) {

  /** Kafka's own log. */
  Path log() {
    return root.resolve("log");
  }

  /** Held by the process whose broker uses {@link #log}. */
  Path lock() {
    return root.resolve("lock");
  }

  /** The ports of the last run, so that clients find a restarted broker where it was. */
  Path ports() {
    return root.resolve("ports");
  }
}
