package io.tombola.actors.publish.progress;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.progress.BestEffortProducer.Link;
import io.tombola.protocol.record.ProgressRecord;
import io.tombola.protocol.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes progress to {@code tombola.progress.v1} on a best-effort basis: a thread of its own
 * sends it, and while the cluster is unavailable or slow the oldest records are dropped. No caller
 * waits for it or fails because of it.
 *
 * <p>One thread reports progress; the owner closes this.
 */
public final class ProgressPublisher implements ProgressListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressPublisher.class);
  private static final int QUEUE_CAPACITY = 1000;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);
  private static final Optional<ProgressRecord> END = Optional.empty();

  private final ProgressRecordMapper mapper;
  private final BestEffortProducer producer;
  private final BlockingQueue<Optional<ProgressRecord>> queue =
      new ArrayBlockingQueue<>(QUEUE_CAPACITY);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tombola-progress");

  /**
   * A publisher of one campaign's progress, to be started.
   *
   * @param campaign its name
   * @param cluster where to publish, read for each connection; empty while a broker is starting
   * @param clock for the time of each record
   */
  public ProgressPublisher(
      String campaign,
      Supplier<Optional<KafkaCluster>> cluster,
      PublisherSettings settings,
      Clock clock) {
    mapper = new ProgressRecordMapper(campaign, clock);
    producer = new BestEffortProducer(cluster, settings, Long.toString(clock.millis()));
    thread.setDaemon(true);
  }

  /** Starts to publish; call once. */
  public void start() {
    thread.start();
  }

  @Override
  public void on(Progress progress) {
    mapper.of(progress).map(Optional::of).ifPresent(this::put);
  }

  /** Adds the newest record, and drops the oldest if the queue is full. */
  private void put(Optional<ProgressRecord> newest) {
    while (!queue.offer(newest)) {
      queue.poll();
    }
  }

  private void run() {
    try {
      for (boolean open = connect(); open; open = connect()) {
        Optional<ProgressRecord> next = queue.take();
        if (next.isEmpty()) {
          return;
        }
        producer.send(next.get());
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the progress publisher was closed", e);
    } finally {
      producer.close();
    }
  }

  /** Waits for the cluster; false if this is closed first. */
  private boolean connect() throws InterruptedException {
    int retries = 0;
    for (Link link = producer.connect(); link != Link.UP; link = producer.connect()) {
      if (closing.await(BACKOFF.delay(retries).toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      retries = link == Link.NO_ADDRESS ? retries : retries + 1;
    }
    return true;
  }

  /**
   * Sends what is queued and ends, within {@code timeout}; no progress may be reported afterwards.
   */
  public void finish(Duration timeout) throws InterruptedException {
    put(END);
    thread.join(timeout.toMillis());
  }

  /** Stops within two seconds; what is not sent by then is dropped. */
  @Override
  public void close() {
    closing.countDown();
    put(END);
    try {
      if (producer.isConnected()) {
        thread.join(SHUTDOWN_TIMEOUT.toMillis());
      }
      thread.interrupt();
      thread.join(SHUTDOWN_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
