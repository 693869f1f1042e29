package io.tombola.deploy.serve;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.tombola.deploy.serve.StreamCursor.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams a campaign's events as server-sent events. A client receives the next messages only after
 * it has taken the previous ones (backpressure), so that nothing is buffered for slow clients; one
 * that takes nothing for too long is disconnected, and resumes from its last event id. Thread-safe.
 */
final class SseStream {

  private static final Logger LOG = LoggerFactory.getLogger(SseStream.class);

  /** Maximum number of events in one chunk. */
  private static final int PAGE_SIZE = 200;

  /**
   * The intervals of a stream.
   *
   * @param heartbeatInterval after this time without a message the server sends a comment
   * @param clientTimeout a client that takes nothing for this long is disconnected
   */
  record Timing(Duration heartbeatInterval, Duration clientTimeout) {

    /** Below the idle timeouts of common browsers and proxies. */
    static final Timing DEFAULT = new Timing(Duration.ofSeconds(15), Duration.ofSeconds(20));
  }

  private final StorePoller poller;
  private final EventHistory history;
  private final Timing timing;
  private final Executor readers;

  private int openStreams;

  /**
   * Streams the events that {@code poller} reads.
   *
   * @param readers runs blocking reads
   */
  SseStream(StorePoller poller, EventHistory history, Timing timing, Executor readers) {
    this.poller = poller;
    this.history = history;
    this.timing = timing;
    this.readers = readers;
  }

  /** The messages for a client that has received a campaign's events up to {@code position}. */
  Source<ByteString, NotUsed> of(String campaign, VersionVector position) {
    return Source.single(Sse.RETRY)
        .concat(Source.unfoldAsync(StreamCursor.at(position), from -> next(campaign, from)))
        .keepAlive(timing.heartbeatInterval(), () -> Sse.HEARTBEAT)
        .backpressureTimeout(timing.clientTimeout())
        .watchTermination(
            (none, end) -> {
              count(1);
              end.whenComplete((done, failure) -> count(-1));
              return none;
            });
  }

  private synchronized void count(int change) {
    openStreams += change;
    notifyAll();
  }

  /** The number of open streams. */
  synchronized int openStreams() {
    return openStreams;
  }

  /** Waits until all streams have ended or the timeout is over. */
  synchronized void awaitNone(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (openStreams > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        LOG.debug("streams still open: {}", openStreams);
        return;
      }
      wait(left);
    }
  }

  private CompletionStage<Optional<Pair<StreamCursor, ByteString>>> next(
      String campaign, StreamCursor from) {
    CompletableFuture<Optional<Pair<StreamCursor, ByteString>>> result = new CompletableFuture<>();
    attempt(campaign, from, result);
    return result;
  }

  /** Completes {@code result} after as many polls as it takes until there is a message. */
  private void attempt(
      String campaign,
      StreamCursor from,
      CompletableFuture<Optional<Pair<StreamCursor, ByteString>>> result) {
    boolean last = poller.isClosed();
    CompletionStage<Void> nextPoll = poller.nextPoll();
    Optional<CampaignVersion> version = poller.current().campaign(campaign);
    if (version.isEmpty()) {
      result.complete(Optional.empty());
      return;
    }
    step(version.get(), from)
        .whenComplete(
            (step, failure) -> {
              if (failure != null) {
                result.completeExceptionally(failure);
              } else if (step.messages().isEmpty() && last) {
                result.complete(Optional.empty());
              } else if (step.messages().isEmpty()) {
                nextPoll.thenRunAsync(() -> attempt(campaign, step.next(), result), readers);
              } else {
                result.complete(
                    Optional.of(Pair.create(step.next(), ByteString.fromString(step.messages()))));
              }
            });
  }

  private CompletionStage<Step> step(CampaignVersion campaign, StreamCursor from) {
    if (from.isInvalidFor(campaign)) {
      return CompletableFuture.completedFuture(from.reset(campaign));
    }
    if (from.position().equals(campaign.head())) {
      return CompletableFuture.completedFuture(from.advance(campaign, List.of()));
    }
    return campaign
        .recentEvents()
        .after(from.position(), PAGE_SIZE)
        .map(events -> CompletableFuture.completedFuture(from.advance(campaign, events)))
        .orElseGet(
            () ->
                CompletableFuture.supplyAsync(
                    () ->
                        from.advance(campaign, history.after(campaign, from.position(), PAGE_SIZE)),
                    readers));
  }
}
