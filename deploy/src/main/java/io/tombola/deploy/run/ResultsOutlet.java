package io.tombola.deploy.run;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.Publisher;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.PublisherStatus;
import io.tombola.deploy.broker.BrokerAddress;
import io.tombola.deploy.broker.BrokerProcess;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where results leave the store: an embedded broker, one given by address, or none. Nothing here
 * makes training wait. Thread-safe.
 */
final class ResultsOutlet implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration HURRY = Duration.ofSeconds(2);

  private final StoreLayout store;
  private final Optional<BrokerProcess> broker;
  private final Optional<JournalLog> journal;
  private final Optional<Publisher> publisher;

  private ResultsOutlet(
      StoreLayout store,
      Optional<BrokerProcess> broker,
      Optional<JournalLog> journal,
      Optional<Publisher> publisher) {
    this.store = store;
    this.broker = broker;
    this.journal = journal;
    this.publisher = publisher;
  }

  /** Opens the outlet that {@code settings} ask for. */
  static ResultsOutlet open(KafkaSettings settings, StoreLayout store) {
    return switch (settings.mode()) {
      case OFF -> new ResultsOutlet(store, Optional.empty(), Optional.empty(), Optional.empty());
      case EXTERNAL -> {
        KafkaCluster cluster =
            new KafkaCluster(settings.bootstrapServers().orElseThrow(), settings.client());
        yield publishing(store, Optional.empty(), () -> Optional.of(cluster));
      }
      case EMBEDDED -> {
        BrokerProcess broker =
            BrokerProcess.start(store.kafka(), store.brokerAddress(), store.brokerLog());
        yield publishing(
            store,
            Optional.of(broker),
            () -> broker.address().or(() -> neighbour(store)).map(KafkaCluster::at));
      }
    };
  }

  /** The broker that somebody who reads the store's topics has started over the same log. */
  private static Optional<String> neighbour(StoreLayout store) {
    try {
      return BrokerAddress.find(store.brokerAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + store.brokerAddress(), e);
    }
  }

  private static ResultsOutlet publishing(
      StoreLayout store, Optional<BrokerProcess> broker, Supplier<Optional<KafkaCluster>> cluster) {
    JournalLog journal = new JournalLog(store);
    Publisher publisher = new Publisher(journal, cluster, PublisherSettings.of(StoreId.of(store)));
    broker.ifPresent(b -> b.ready().thenRun(publisher::wake));
    publisher.start();
    return new ResultsOutlet(store, broker, Optional.of(journal), Optional.of(publisher));
  }

  /** Says that a result is in the journal; returns at once. */
  void wake() {
    publisher.ifPresent(Publisher::wake);
  }

  /**
   * Waits until every result is published, but not for long.
   *
   * @param hurried whether somebody waits for this process to end
   * @return why, if some are not
   */
  Optional<Undelivered> drain(boolean hurried) {
    if (publisher.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (publisher.get().awaitDrained(hurried ? HURRY : PATIENCE)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    PublisherStatus status = publisher.get().status();
    if (broker.filter(BrokerProcess::outOfSpace).isPresent()) {
      return Optional.of(Undelivered.outOfSpace(status.pending(), store.kafka()));
    }
    return Optional.of(
        Undelivered.because(status.pending(), status.lastError().orElse("the broker is slow")));
  }

  @Override
  public void close() {
    publisher.ifPresent(Publisher::close);
    journal.ifPresent(JournalLog::close);
    broker.ifPresent(BrokerProcess::close);
  }
}
