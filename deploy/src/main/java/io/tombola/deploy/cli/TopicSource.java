package io.tombola.deploy.cli;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.deploy.broker.BrokerAddress;
import io.tombola.deploy.broker.BrokerProcess;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A broker to read from: the one of the campaign that runs, else one over the store's log for as
 * long as this is open. The caller closes it.
 *
 * @param started the broker that closing ends
 */
record TopicSource(KafkaCluster cluster, Optional<BrokerProcess> started) implements AutoCloseable {

  private static final int START_SECONDS = 60;

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
    if (!Files.exists(store.journal())) {
      throw new NoStoreException(store);
    }
    Optional<String> running = BrokerAddress.find(store.brokerAddress());
    if (running.isPresent()) {
      return new TopicSource(KafkaCluster.at(running.get()), Optional.empty());
    }
    BrokerProcess broker =
        BrokerProcess.start(store.kafka(), store.brokerAddress(), store.brokerLog());
    try {
      String address = broker.ready().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
      return new TopicSource(KafkaCluster.at(address), Optional.of(broker));
    } catch (ExecutionException | TimeoutException e) {
      broker.close();
      throw new IOException(
          "expected the embedded broker to start, found that it does not; see " + store.brokerLog(),
          e);
    }
  }

  @Override
  public void close() {
    started.ifPresent(BrokerProcess::close);
  }
}
