package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.ProgressPublisher;
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
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where results, states and news leave the store: an embedded broker, one given by address, or
 * none. Nothing here makes training wait. Thread-safe, but news comes from one thread.
 */
final class KafkaPublishing implements ProgressListener, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration HURRY = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final StoreLayout store;
  private final Optional<BrokerProcess> broker;
  private final Optional<Feeds> feeds;

  /** What publishes: results and states from the journal, and news. */
  private record Feeds(JournalLog journal, Publisher publisher, ProgressPublisher progress) {}

  private KafkaPublishing(
      StoreLayout store, Optional<BrokerProcess> broker, Optional<Feeds> feeds) {
    this.store = store;
    this.broker = broker;
    this.feeds = feeds;
  }

  /**
   * Opens the outlet that {@code settings} ask for.
   *
   * @param campaign whose news it gets
   */
  static KafkaPublishing open(
      KafkaSettings settings, StoreLayout store, String campaign, Clock clock) {
    return switch (settings.mode()) {
      case OFF -> new KafkaPublishing(store, Optional.empty(), Optional.empty());
      case EXTERNAL -> {
        KafkaCluster cluster =
            new KafkaCluster(settings.bootstrapServers().orElseThrow(), settings.client());
        Feeds feeds = feeds(store, () -> Optional.of(cluster), campaign, clock);
        yield new KafkaPublishing(store, Optional.empty(), Optional.of(feeds));
      }
      case EMBEDDED -> {
        BrokerProcess broker =
            BrokerProcess.start(store.kafka(), store.brokerAddress(), store.brokerLog());
        Supplier<Optional<KafkaCluster>> cluster =
            () -> broker.address().or(() -> neighbour(store)).map(KafkaCluster::at);
        Feeds feeds = feeds(store, cluster, campaign, clock);
        broker.ready().thenRun(feeds.publisher()::wake);
        yield new KafkaPublishing(store, Optional.of(broker), Optional.of(feeds));
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

  private static Feeds feeds(
      StoreLayout store, Supplier<Optional<KafkaCluster>> cluster, String campaign, Clock clock) {
    PublisherSettings settings = PublisherSettings.of(StoreId.of(store));
    JournalLog journal = new JournalLog(store);
    Publisher publisher = new Publisher(journal, cluster, settings, clock);
    ProgressPublisher progress = new ProgressPublisher(campaign, cluster, settings, clock);
    publisher.start();
    progress.start();
    return new Feeds(journal, publisher, progress);
  }

  /** Hands news on and, if it is of what is published, looks into the journal; returns at once. */
  @Override
  public void on(Progress news) {
    feeds.ifPresent(to -> to.progress().on(news));
    if (news instanceof Progress.TrialEnded
        || news instanceof Progress.CampaignPaused
        || news instanceof Progress.CampaignResumed) {
      feeds.ifPresent(to -> to.publisher().wake());
    }
  }

  /** How far the publisher is; empty where results stay in the journal. Returns at once. */
  Optional<PublisherStatus> publisher() {
    return feeds.map(to -> to.publisher().status());
  }

  /**
   * Waits until every result and state is published, but not for long; the campaign has ended.
   *
   * @param hurried whether somebody waits for this process to end
   * @return why, if some are not
   */
  Optional<UnpublishedResults> drain(boolean hurried) {
    if (feeds.isEmpty()) {
      return Optional.empty();
    }
    Publisher publisher = feeds.get().publisher();
    try {
      if (publisher.awaitDrained(hurried ? HURRY : PATIENCE)) {
        feeds.get().progress().finish(FAREWELL);
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    PublisherStatus status = publisher.status();
    if (broker.filter(BrokerProcess::outOfSpace).isPresent()) {
      return Optional.of(UnpublishedResults.outOfSpace(status.pending(), store.kafka()));
    }
    return Optional.of(
        UnpublishedResults.because(
            status.pending(), status.lastError().orElse("the broker is slow")));
  }

  @Override
  public void close() {
    feeds.ifPresent(KafkaPublishing::close);
    broker.ifPresent(BrokerProcess::close);
  }

  private static void close(Feeds feeds) {
    feeds.publisher().close();
    feeds.progress().close();
    feeds.journal().close();
  }
}
