package io.tombola.storage.journal.akka;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.lock.StoreLock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of an actor system whose journal is in a store. It contains no password: the
 * journal reads that from the environment or from the file that the address names.
 */
public final class StoreConfig {

  private static final String URL = "url";
  private static final String USER = "user";
  private static final String PASSWORD_FILE = "password-file";
  private static final String ID = "id";
  private static final String HIGH_WATER = "high-water";

  private StoreConfig() {}

  /**
   * What a store adds to a configuration: the journal's address and the plug-ins. Use it as an
   * overlay: {@code StoreConfig.of(store).withFallback(ConfigFactory.load())}. For the holder of
   * the {@link StoreLock}.
   */
  public static Config of(StoreLayout store) {
    return ConfigFactory.parseMap(
            Map.of("tombola.store." + HIGH_WATER, store.highWater().toString()),
            "the store's high watermark")
        .withFallback(of(JournalAddress.of(store), StoreId.of(store)));
  }

  /** The same for the journal at {@code address} of the store of that id. */
  public static Config of(JournalAddress address, String storeId) {
    Map<String, String> values = new HashMap<>();
    values.put("tombola.store." + URL, address.url());
    values.put("tombola.store." + ID, storeId);
    address.user().ifPresent(user -> values.put("tombola.store." + USER, user));
    address
        .passwordFile()
        .ifPresent(file -> values.put("tombola.store." + PASSWORD_FILE, file.toString()));
    // Not in reference.conf: Akka's own sets the two plugins too, and class path order would win.
    values.put("akka.persistence.journal.plugin", "tombola.journal");
    values.put("akka.persistence.snapshot-store.plugin", "tombola.snapshot-store");
    return ConfigFactory.parseMap(values, "the store's settings");
  }

  /** The address in the block {@code tombola.store}. */
  public static JournalAddress address(Config store) {
    return new JournalAddress(
        store.getString(URL), optional(store, USER), optional(store, PASSWORD_FILE).map(Path::of));
  }

  /** The store's id in the block {@code tombola.store}. */
  public static String id(Config store) {
    return store.getString(ID);
  }

  /** The file in the block {@code tombola.store} that counts events, if they are to be counted. */
  public static Optional<Path> highWater(Config store) {
    return optional(store, HIGH_WATER).map(Path::of);
  }

  private static Optional<String> optional(Config store, String key) {
    return store.hasPath(key) ? Optional.of(store.getString(key)) : Optional.empty();
  }
}
