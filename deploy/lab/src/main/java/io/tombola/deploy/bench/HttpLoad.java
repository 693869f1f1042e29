package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.metrics.StoreMetrics;
import io.tombola.deploy.serve.ServeOptions;
import io.tombola.deploy.serve.WebServer;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What it costs a training that clients watch its campaign over HTTP, by the clock on the wall: a
 * slot trains, the server is in its process, and clients in another come and go, window by window.
 *
 * @param alone seconds of an iteration while nobody watches
 * @param watched seconds of an iteration while all clients do
 * @param ratio of the medians, watched to alone
 * @param messages that a client's stream brought in a window, on average
 * @param snapshots that a client fetched besides in a window, on average
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record HttpLoad(
    int clients,
    TimingSummary alone,
    TimingSummary watched,
    double ratio,
    double messages,
    double snapshots) {

  private static final int CLIENTS = 100;
  private static final int WINDOWS_IN_ONE = 10;
  private static final int AMPLE_ITERATIONS = 10_000_000;

  /** What clients of one window were told. */
  private record Told(long messages, long snapshots) {}

  /** Runs a campaign and lets the clients come and go. */
  static HttpLoad measure(
      BenchData data,
      Path directory,
      BenchmarkSettings scale,
      BenchmarkCanceller halt,
      Consumer<String> news) {
    BenchCampaign campaign =
        new BenchCampaign(
            "bench-watchers",
            data.campaign(60_000, 5_000, 10_000),
            List.of(
                "replicates=1",
                "controls.reinit=0",
                "pruning.rounds=1",
                "devices.cpu-slots=1",
                "training.iterations=" + AMPLE_ITERATIONS,
                "training.checkpoint-every=" + scale.campaign().checkpointEvery()));
    EngineTimer meter = new EngineTimer(trainings -> {});
    StoreLayout store = campaign.store(directory);
    BenchmarkCanceller enough = new BenchmarkCanceller();
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(() -> campaign.run(directory, meter, enough::with));
    try (WebServer server =
            WebServer.open(
                new ServeOptions(ServeOptions.DEFAULT_HOST, 0, Optional.empty(), true),
                new WebServer.Content(store, Clock.systemUTC(), StoreMetrics::scrape, true, news));
        JsonLinesProcess clients = HttpLoadClients.start(server.url(), campaign.name())) {
      return new Windows(meter, clients, run, scale, halt).measure();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the clients", e);
    } finally {
      enough.ask();
      end(run);
    }
  }

  /** Waits for the run; what ended it before its time is said. */
  private static void end(CompletableFuture<Void> run) {
    try {
      run.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Windows with and without clients, in turn. */
  private record Windows(
      EngineTimer meter,
      JsonLinesProcess clients,
      CompletableFuture<Void> run,
      BenchmarkSettings scale,
      BenchmarkCanceller halt) {

    HttpLoad measure() {
      List<Double> alone = new ArrayList<>();
      List<Double> watched = new ArrayList<>();
      List<Told> told = new ArrayList<>();
      awaitTraining();
      // The first of each warms up the server's code and the clients', and does not count.
      for (int window = 0; window <= scale.windows(); window++) {
        double without = secondsOfAnIteration();
        tell("watch");
        double with = secondsOfAnIteration();
        JsonNode answer = tell("leave");
        if (window > 0) {
          alone.add(without);
          watched.add(with);
          told.add(new Told(answer.path("messages").asLong(), answer.path("snapshots").asLong()));
        }
      }
      TimingSummary quiet = TimingSummary.of(alone);
      TimingSummary busy = TimingSummary.of(watched);
      return new HttpLoad(
          CLIENTS,
          quiet,
          busy,
          busy.median() / quiet.median(),
          told.stream().mapToDouble(Told::messages).average().orElseThrow() / CLIENTS,
          told.stream().mapToDouble(Told::snapshots).average().orElseThrow() / CLIENTS);
    }

    /** Until the slot trains, and Java has compiled what it trains with. */
    private void awaitTraining() {
      double ended = 0;
      while (ended < scale.warmUpSeconds()) {
        long before = meter.iterations();
        pass(scale.windowSeconds());
        ended += meter.iterations() > before ? scale.windowSeconds() : 0;
      }
    }

    private JsonNode tell(String what) {
      clients.tell(Map.of("do", what, "times", CLIENTS));
      return clients.answer();
    }

    private double secondsOfAnIteration() {
      long began = System.nanoTime();
      long before = meter.iterations();
      pass(WINDOWS_IN_ONE * scale.windowSeconds());
      long iterations = meter.iterations() - before;
      return (System.nanoTime() - began) / 1e9 / iterations;
    }

    /** Lets time go by, unless the run ends or the bench is to. */
    private void pass(double seconds) {
      halt.check();
      try {
        run.get(Math.round(1000 * seconds), TimeUnit.MILLISECONDS);
        throw new IllegalStateException("expected the campaign to go on, found it ended");
      } catch (TimeoutException e) {
        halt.check();
      } catch (ExecutionException e) {
        throw new CompletionException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchStoppedException();
      }
    }
  }

  BenchmarkTable table() {
    return new BenchmarkTable(
        "A training that " + clients + " clients watch",
        List.of("clients", "alone: ms", "watched: ms", "spread %", "watched ÷ alone"),
        0,
        List.of(
            List.of(
                Integer.toString(clients),
                BenchmarkTable.millis(alone.median()),
                BenchmarkTable.millis(watched.median()),
                BenchmarkTable.number(alone.spreadPercent()),
                BenchmarkTable.number(ratio))),
        List.of(
            """
            Medians of an iteration of dense LeNet-300-100 by the clock on the wall, in %d windows \
            each, in turn; spread is of the windows without clients. One slot trains, in the \
            process that also serves. In a window each client kept a stream of the campaign open, \
            which brought %s messages, and fetched the whole snapshot %s times.\
            """
                .formatted(
                    alone.windows(),
                    BenchmarkTable.number(messages),
                    BenchmarkTable.number(snapshots))));
  }
}
