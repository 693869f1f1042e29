package io.tombola.storage.journal.akka;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import com.typesafe.config.Config;
import io.tombola.storage.journal.sql.Database;

/** Gives every actor system one database, which it closes when it terminates. */
final class DatabaseId extends AbstractExtensionId<DatabaseId.DatabaseExtension> {

  /** The database of one actor system. */
  record DatabaseExtension(Database database) implements Extension {}

  private static final DatabaseId INSTANCE = new DatabaseId();

  private DatabaseId() {}

  static Database of(ActorSystem system) {
    return INSTANCE.get(system).database();
  }

  @Override
  public DatabaseExtension createExtension(ExtendedActorSystem system) {
    Config config = system.settings().config().getConfig("tombola.store");
    Database database =
        Database.open(
            new Database.Target(
                StoreConfig.address(config), StoreConfig.id(config), StoreConfig.highWater(config)),
            new Database.Sizes(config.getInt("read-connections"), config.getInt("largest-commit")),
            JournalSetup.listenerOf(system));
    system.registerOnTermination(database::close);
    return new DatabaseExtension(database);
  }
}
