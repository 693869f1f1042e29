package io.tombola.deploy.broker;

import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A broker for reading a store's topics: that of the running campaign, else a temporary one on the
 * store's log. The caller closes it.
 *
 * @param address {@code host:port}
 * @param started the temporary broker
 */
public record StoreBroker(String address, Optional<BrokerProcess> started)
    implements AutoCloseable {

  private static final int START_SECONDS = 60;

  /**
   * Finds or starts the broker of {@code store}.
   *
   * @throws IOException if it does not start
   */
  public static StoreBroker open(StoreLayout store) throws IOException, InterruptedException {
    Optional<String> running = BrokerAddress.find(store.brokerAddress());
    if (running.isPresent()) {
      return new StoreBroker(running.get(), Optional.empty());
    }
    BrokerProcess broker =
        BrokerProcess.start(store.kafka(), store.brokerAddress(), store.brokerLog());
    try {
      return new StoreBroker(
          broker.ready().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS),
          Optional.of(broker));
    } catch (ExecutionException | TimeoutException e) {
      broker.close();
      throw new IOException(
          "expected the embedded broker to start, found that it did not; see " + store.brokerLog(),
          e);
    }
  }

  @Override
  public void close() {
    started.ifPresent(BrokerProcess::close);
  }
}
