package io.tombola.storage.journal;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import com.typesafe.config.Config;
import io.tombola.storage.StoreConfig;
import java.util.Optional;

/** Gives every actor system one database, which it closes when it ends. */
final class DatabaseId extends AbstractExtensionId<Database> {

  private static final DatabaseId INSTANCE = new DatabaseId();

  private DatabaseId() {}

  static Database of(ActorSystem system) {
    return INSTANCE.get(system);
  }

  @Override
  public Database createExtension(ExtendedActorSystem system) {
    Config config = system.settings().config().getConfig("tombola.store");
    Database database =
        new Database(
            Dialect.of(StoreConfig.address(config), Optional.of(StoreConfig.id(config))),
            StoreConfig.highWater(config).map(HighWatermark::new),
            new Database.Sizes(config.getInt("read-connections"), config.getInt("largest-commit")),
            JournalSetup.listenerOf(system));
    system.registerOnTermination(database::close);
    return database;
  }
}
