package io.tombola.storage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;

/** The configuration of an actor system that keeps its journal in a store. */
public final class StoreConfig {

  private StoreConfig() {}

  /**
   * What a store adds to a configuration: the journal's address, and that it is the journal to use.
   * Lay it over the rest: {@code StoreConfig.of(store).withFallback(ConfigFactory.load())}.
   */
  public static Config of(StoreLayout store) {
    return ofUrl(store.journalUrl());
  }

  /** The same for a journal at a JDBC address. */
  public static Config ofUrl(String url) {
    // Not in reference.conf: Akka's own sets the two plugins too, and class path order would win.
    return ConfigFactory.parseMap(
        Map.of(
            "tombola.store.url", url,
            "akka.persistence.journal.plugin", "tombola.journal",
            "akka.persistence.snapshot-store.plugin", "tombola.snapshot-store"),
        "the store's settings");
  }
}
