package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.outbox.Publisher;
import io.tombola.actors.publish.outbox.PublisherStatus;
import io.tombola.actors.publish.progress.ProgressPublisher;
import io.tombola.deploy.broker.BrokerAddress;
import io.tombola.deploy.broker.BrokerProcess;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.LazyJournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Publishes results, states and progress to Kafka: an embedded broker, an external cluster, or
 * none. Never blocks training. Thread-safe; the caller closes it.
 */
final class KafkaPublishing implements ProgressListener, AutoCloseable {

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration INTERRUPTED_DRAIN_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PROGRESS_FLUSH_TIMEOUT = Duration.ofSeconds(1);

  private final StoreLayout store;
  private final Optional<BrokerProcess> broker;
  private final Optional<Publishers> publishers;

  /** Results and states come from the journal, progress from the running pipeline. */
  private record Publishers(
      LazyJournalReader journal, Publisher publisher, ProgressPublisher progress) {}

  private KafkaPublishing(
      StoreLayout store, Optional<BrokerProcess> broker, Optional<Publishers> publishers) {
    this.store = store;
    this.broker = broker;
    this.publishers = publishers;
  }

  /** Starts publishing as configured. */
  static KafkaPublishing open(RunRequest request, Clock clock) {
    KafkaSettings settings = request.config().kafka();
    StoreLayout store = request.store();
    String campaign = request.config().campaign().name();
    return switch (settings.mode()) {
      case OFF -> new KafkaPublishing(store, Optional.empty(), Optional.empty());
      case EXTERNAL -> {
        KafkaCluster cluster =
            new KafkaCluster(settings.bootstrapServers().orElseThrow(), settings.client());
        Publishers publishers = publishers(store, () -> Optional.of(cluster), campaign, clock);
        yield new KafkaPublishing(store, Optional.empty(), Optional.of(publishers));
      }
      case EMBEDDED -> {
        BrokerProcess broker =
            BrokerProcess.start(store.kafka(), store.brokerAddress(), store.brokerLog());
        Supplier<Optional<KafkaCluster>> cluster =
            () -> broker.address().or(() -> existingBroker(store)).map(KafkaCluster::at);
        Publishers publishers = publishers(store, cluster, campaign, clock);
        broker.ready().thenRun(publishers.publisher()::wake);
        yield new KafkaPublishing(store, Optional.of(broker), Optional.of(publishers));
      }
    };
  }

  /** A broker that another process, which reads the store's topics, runs on the same log. */
  private static Optional<String> existingBroker(StoreLayout store) {
    try {
      return BrokerAddress.find(store.brokerAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + store.brokerAddress(), e);
    }
  }

  private static Publishers publishers(
      StoreLayout store, Supplier<Optional<KafkaCluster>> cluster, String campaign, Clock clock) {
    PublisherSettings settings = PublisherSettings.of(StoreId.of(store));
    LazyJournalReader journal = new LazyJournalReader(store);
    Publisher publisher = new Publisher(journal, cluster, settings, clock);
    ProgressPublisher progress = new ProgressPublisher(campaign, cluster, settings, clock);
    publisher.start();
    progress.start();
    return new Publishers(journal, publisher, progress);
  }

  /** Publishes progress and wakes the publisher if there may be new results; returns at once. */
  @Override
  public void on(Progress progress) {
    publishers.ifPresent(to -> to.progress().on(progress));
    if (progress instanceof Progress.TrialEnded
        || progress instanceof Progress.CampaignPaused
        || progress instanceof Progress.CampaignResumed) {
      publishers.ifPresent(to -> to.publisher().wake());
    }
  }

  /** The publisher's status; empty with {@code kafka.mode = off}. Returns at once. */
  Optional<PublisherStatus> status() {
    return publishers.map(to -> to.publisher().status());
  }

  /**
   * Waits until all results and states are published, or until a timeout; the campaign has ended.
   *
   * @param interrupted whether the user stopped the process: shortens the timeout
   * @return what is not published, if anything
   */
  Optional<UnpublishedResults> drain(boolean interrupted) {
    if (publishers.isEmpty()) {
      return Optional.empty();
    }
    Publisher publisher = publishers.get().publisher();
    try {
      if (publisher.awaitDrained(interrupted ? INTERRUPTED_DRAIN_TIMEOUT : DRAIN_TIMEOUT)) {
        publishers.get().progress().finish(PROGRESS_FLUSH_TIMEOUT);
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
    publishers.ifPresent(KafkaPublishing::close);
    broker.ifPresent(BrokerProcess::close);
  }

  private static void close(Publishers publishers) {
    publishers.publisher().close();
    publishers.progress().close();
    publishers.journal().close();
  }
}
