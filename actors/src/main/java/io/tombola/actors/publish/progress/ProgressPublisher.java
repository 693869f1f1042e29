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
 * Publishes news to {@code tombola.progress.v1} as far as that costs nothing: a thread of its own
 * sends it, and while the cluster is away or slow the oldest of it goes. Nobody waits for it and
 * nothing fails by it.
 *
 * <p>News comes from one thread; whoever made this closes it.
 */
public final class ProgressPublisher implements ProgressListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressPublisher.class);
  private static final int ROOM = 1000;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final Optional<ProgressRecord> END = Optional.empty();

  private final ProgressRecordMapper bulletin;
  private final BestEffortProducer sender;
  private final BlockingQueue<Optional<ProgressRecord>> queue = new ArrayBlockingQueue<>(ROOM);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tombola-progress");

  /**
   * A feed of one campaign's news that waits to be started.
   *
   * @param campaign its name
   * @param cluster where to publish, asked at each connection; empty while a broker is starting
   * @param clock says when news was heard of
   */
  public ProgressPublisher(
      String campaign,
      Supplier<Optional<KafkaCluster>> cluster,
      PublisherSettings settings,
      Clock clock) {
    bulletin = new ProgressRecordMapper(campaign, clock);
    sender = new BestEffortProducer(cluster, settings, Long.toString(clock.millis()));
    thread.setDaemon(true);
  }

  /** Begins to publish; once. */
  public void start() {
    thread.start();
  }

  @Override
  public void on(Progress news) {
    bulletin.of(news).map(Optional::of).ifPresent(this::put);
  }

  /** Puts the newest in, in place of the oldest if need be. */
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
        sender.send(next.get());
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the feed was closed", e);
    } finally {
      sender.close();
    }
  }

  /** Waits for the cluster; false if the feed is closed first. */
  private boolean connect() throws InterruptedException {
    int retries = 0;
    for (Link link = sender.connect(); link != Link.UP; link = sender.connect()) {
      if (closing.await(BACKOFF.delay(retries).toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      retries = link == Link.STARTING ? retries : retries + 1;
    }
    return true;
  }

  /**
   * Sends what is there and ends, if that takes no longer than {@code timeout}; no more news may
   * come.
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
      if (sender.isConnected()) {
        thread.join(FAREWELL.toMillis());
      }
      thread.interrupt();
      thread.join(FAREWELL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
