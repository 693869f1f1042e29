package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.KafkaUnavailableException;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.protocol.retry.Backoff;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.journal.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Publishes every result of a store's journal to {@code tombola.rounds.v1}: in order for each
 * replicate, none left out and, for readers at {@code read_committed}, none twice; and to {@code
 * tombola.campaigns.v1} the states of its campaigns and replicates as they change, and all of them
 * once after each start. Retries every failure with a backoff of up to 10 seconds; its callers
 * never wait for the cluster.
 *
 * <p>All methods are thread-safe. One publisher per store; its owner closes it.
 */
public final class Publisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(1);
  private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(5);

  private final Outbox outbox;
  private final WakeUpSignal signal;
  private final Thread thread = new Thread(this::run, "tombola-publisher");
  private final AtomicLong failures = new AtomicLong();
  private volatile Optional<String> lastError = Optional.empty();
  private volatile boolean draining;

  /**
   * A publisher to be started.
   *
   * @param journal what is published
   * @param cluster where to publish, read for each connection; empty while a broker is starting
   * @param clock for the time since which results are pending
   */
  public Publisher(
      EventSource journal,
      Supplier<Optional<KafkaCluster>> cluster,
      PublisherSettings settings,
      Clock clock) {
    outbox = new Outbox(journal, cluster, settings);
    signal = new WakeUpSignal(clock);
    thread.setDaemon(true);
  }

  /** Starts to publish; call once. */
  public void start() {
    thread.start();
  }

  /** Signals new events in the journal, or that the cluster is available. Returns at once. */
  public void wake() {
    signal.request();
  }

  /**
   * Waits until everything that was in the journal at the call is published: the cluster has
   * committed it, which consumers see a moment later. From now on the journal is read even while
   * the cluster is unavailable, so that {@link #status} knows how much is pending.
   *
   * @return false if that took longer than {@code timeout}, or the publisher was closed
   */
  public boolean awaitDrained(Duration timeout) throws InterruptedException {
    draining = true;
    return signal.awaitServed(signal.request(), timeout);
  }

  /** The current status; returns at once. */
  public PublisherStatus status() {
    return new PublisherStatus(
        outbox.published(),
        outbox.pending(),
        Stream.of(outbox.oldestPending(), signal.unservedSince())
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder()),
        failures.get(),
        lastError);
  }

  private void run() {
    int retries = 0;
    try {
      while (!signal.closed()) {
        long request = signal.latest();
        Optional<RuntimeException> failure = deliver();
        if (failure.isEmpty()) {
          signal.serve(request);
          signal.awaitRequest(request, POLL_INTERVAL);
          retries = 0;
        } else if (isStarting(failure.get())) {
          signal.awaitRequest(request, BACKOFF.first());
        } else {
          signal.awaitRequest(request, BACKOFF.delay(retries++));
        }
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the publisher was closed", e);
    } finally {
      signal.close();
      closeOutbox();
    }
  }

  private void closeOutbox() {
    try {
      outbox.close();
    } catch (InterruptException e) {
      LOG.debug("the connection was dropped without a clean close", e);
    }
  }

  private Optional<RuntimeException> deliver() throws InterruptedException {
    try {
      outbox.deliver(draining);
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      report(e);
      return Optional.of(e);
    }
    if (lastError.isPresent()) {
      LOG.info("publishing has resumed");
      lastError = Optional.empty();
    }
    return Optional.empty();
  }

  private void report(RuntimeException failure) {
    String message = ExceptionMessage.of(failure);
    if (!lastError.equals(Optional.of(message))) {
      Level level = isStarting(failure) ? Level.INFO : Level.WARN;
      LOG.atLevel(level).log("results are pending in the journal: {}", message);
      LOG.debug("why results are pending", failure);
    }
    if (!isStarting(failure)) {
      failures.incrementAndGet();
    }
    lastError = Optional.of(message);
  }

  private static boolean isStarting(RuntimeException failure) {
    return failure instanceof KafkaUnavailableException absent && absent.isStarting();
  }

  /**
   * Stops within seconds, whether or not everything is published; what is not is published the next
   * time.
   */
  @Override
  public void close() {
    signal.close();
    try {
      thread.join(GRACE_PERIOD.toMillis());
      thread.interrupt();
      thread.join(INTERRUPT_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
