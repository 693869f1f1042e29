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
 * Streams of a campaign's events. Each follower is given the next messages when it has taken those
 * before, so that nothing piles up for a slow one; one that takes nothing for long is cut off, and
 * misses nothing when it comes back. Thread-safe.
 */
final class SseStream {

  private static final Logger LOG = LoggerFactory.getLogger(SseStream.class);

  /** Events that are written at once. */
  private static final int PAGE = 200;

  /**
   * How patient streams are.
   *
   * @param heartbeat after so much silence the server says something
   * @param slowest a client that takes nothing for so long is cut off
   */
  record Pace(Duration heartbeat, Duration slowest) {

    /** As browsers and proxies like it. */
    static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(20));
  }

  private final StorePoller lookout;
  private final EventHistory pages;
  private final Pace pace;
  private final Executor readers;

  private int open;

  /**
   * Streams of what {@code lookout} sees.
   *
   * @param readers runs what blocks
   */
  SseStream(StorePoller lookout, EventHistory pages, Pace pace, Executor readers) {
    this.lookout = lookout;
    this.pages = pages;
    this.pace = pace;
    this.readers = readers;
  }

  /** The messages to somebody who has all of a campaign up to {@code position}. */
  Source<ByteString, NotUsed> of(String campaign, VersionVector position) {
    return Source.single(Sse.RETRY)
        .concat(Source.unfoldAsync(StreamCursor.at(position), from -> next(campaign, from)))
        .keepAlive(pace.heartbeat(), () -> Sse.HEARTBEAT)
        .backpressureTimeout(pace.slowest())
        .watchTermination(
            (none, end) -> {
              count(1);
              end.whenComplete((done, failure) -> count(-1));
              return none;
            });
  }

  private synchronized void count(int more) {
    open += more;
    notifyAll();
  }

  /** How many there are now. */
  synchronized int open() {
    return open;
  }

  /** Waits until there are none, but not for long. */
  synchronized void awaitNone(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (open > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        LOG.debug("streams that go on: {}", open);
        return;
      }
      wait(left);
    }
  }

  private CompletionStage<Optional<Pair<StreamCursor, ByteString>>> next(
      String campaign, StreamCursor from) {
    CompletableFuture<Optional<Pair<StreamCursor, ByteString>>> answer = new CompletableFuture<>();
    attempt(campaign, from, answer);
    return answer;
  }

  /** Answers when there is something to say, after however many looks. */
  private void attempt(
      String campaign,
      StreamCursor from,
      CompletableFuture<Optional<Pair<StreamCursor, ByteString>>> answer) {
    boolean last = lookout.isClosed();
    CompletionStage<Void> news = lookout.next();
    Optional<CampaignVersion> now = lookout.now().campaign(campaign);
    if (now.isEmpty()) {
      answer.complete(Optional.empty());
      return;
    }
    step(now.get(), from)
        .whenComplete(
            (step, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              } else if (step.messages().isEmpty() && last) {
                answer.complete(Optional.empty());
              } else if (step.messages().isEmpty()) {
                news.thenRunAsync(() -> attempt(campaign, step.then(), answer), readers);
              } else {
                answer.complete(
                    Optional.of(Pair.create(step.then(), ByteString.fromString(step.messages()))));
              }
            });
  }

  private CompletionStage<Step> step(CampaignVersion now, StreamCursor from) {
    if (from.isLost(now)) {
      return CompletableFuture.completedFuture(from.reset(now));
    }
    if (from.position().equals(now.head())) {
      return CompletableFuture.completedFuture(from.follow(now, List.of()));
    }
    return now.tail()
        .after(from.position(), PAGE)
        .map(events -> CompletableFuture.completedFuture(from.follow(now, events)))
        .orElseGet(
            () ->
                CompletableFuture.supplyAsync(
                    () -> from.follow(now, pages.after(now, from.position(), PAGE)), readers));
  }
}
