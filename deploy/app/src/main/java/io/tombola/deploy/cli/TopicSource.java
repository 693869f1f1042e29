package io.tombola.deploy.cli;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.deploy.broker.StoreBroker;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import java.util.Optional;

/**
 * The broker to read topics from: the store's embedded broker or an external one. The caller closes
 * it.
 *
 * @param own the store's embedded broker, if that is the source
 */
record TopicSource(KafkaCluster cluster, Optional<StoreBroker> own) implements AutoCloseable {

  static TopicSource open(KafkaSettings kafka, StoreLayout store) throws Exception {
    return switch (kafka.mode()) {
      case EXTERNAL ->
          new TopicSource(
              new KafkaCluster(kafka.bootstrapServers().orElseThrow(), kafka.client()),
              Optional.empty());
      case EMBEDDED -> embedded(store);
      case OFF ->
          throw new UsageException(
              "expected a broker, found kafka.mode = off; leave it out to read the embedded one");
    };
  }

  private static TopicSource embedded(StoreLayout store) throws Exception {
    if (!JournalAddress.isKnownTo(store)) {
      throw new NoStoreException(store);
    }
    StoreBroker broker = StoreBroker.open(store);
    return new TopicSource(KafkaCluster.at(broker.address()), Optional.of(broker));
  }

  @Override
  public void close() {
    own.ifPresent(StoreBroker::close);
  }
}
