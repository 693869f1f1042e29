package io.tombola.deploy.bench.developer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.campaign.BenchCampaign;
import io.tombola.deploy.bench.campaign.EngineTimer;
import io.tombola.deploy.bench.child.JsonLines;
import io.tombola.deploy.bench.child.JsonLinesProcess;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.measure.BenchStoppedException;
import io.tombola.deploy.bench.measure.BenchmarkCancellation;
import io.tombola.deploy.bench.measure.BenchmarkSettings;
import io.tombola.deploy.bench.measure.TimingSummary;
import io.tombola.deploy.metrics.StoreMetrics;
import io.tombola.deploy.serve.ServeOptions;
import io.tombola.deploy.serve.WebServer;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * What HTTP clients of a campaign cost its training, in wall-clock time: a slot trains, the server
 * runs in the same process, and clients in another process connect in every second window.
 *
 * @param alone seconds of an iteration without clients
 * @param watched seconds of an iteration with all clients
 * @param ratio of the medians, watched to alone
 * @param messages that a client's stream received in a window, on average
 * @param snapshots that a client fetched in a window, on average
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

  /** A window here is so many windows of the settings: clients need time to receive something. */
  private static final int WINDOW_FACTOR = 10;

  /** The training never ends by itself. */
  private static final int ENDLESS_ITERATIONS = 10_000_000;

  /** What all clients received in one window. */
  private record Received(long messages, long snapshots) {}

  /** Runs a campaign with clients that connect and disconnect. */
  public static HttpLoad measure(BenchmarkEnvironment environment) {
    BenchmarkSettings settings = environment.settings();
    BenchCampaign campaign =
        new BenchCampaign(
            "bench-watchers",
            environment.data().campaign(60_000, 5_000, 10_000),
            List.of(
                "replicates=1",
                "controls.reinit=0",
                "pruning.rounds=1",
                "devices.cpu-slots=1",
                "training.iterations=" + ENDLESS_ITERATIONS,
                "training.checkpoint-every=" + settings.campaign().checkpointEvery()));
    EngineTimer timer = new EngineTimer(trials -> {});
    StoreLayout store = campaign.store(environment.directory());
    BenchmarkCancellation endOfMeasurement = new BenchmarkCancellation();
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(
            () ->
                campaign.runUntilStopped(
                    environment.directory(), timer, endOfMeasurement::onRequest));
    try (WebServer server =
            WebServer.open(
                new ServeOptions(ServeOptions.DEFAULT_HOST, 0, Optional.empty(), true),
                new WebServer.Content(
                    store, Clock.systemUTC(), StoreMetrics::scrape, true, environment.progress()));
        JsonLinesProcess clients = HttpLoadClients.start(server.url(), campaign.name())) {
      return new Windows(timer, clients, run, environment).measure();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the clients", e);
    } finally {
      endOfMeasurement.request();
      join(run);
    }
  }

  /** Waits for the run; throws what ended it early. */
  private static void join(CompletableFuture<Void> run) {
    try {
      run.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Windows with and without clients, in turn. */
  private record Windows(
      EngineTimer timer,
      JsonLinesProcess clients,
      CompletableFuture<Void> run,
      BenchmarkEnvironment environment) {

    HttpLoad measure() {
      List<Double> alone = new ArrayList<>();
      List<Double> watched = new ArrayList<>();
      List<Received> received = new ArrayList<>();
      awaitTraining();
      // The first window of each kind warms up server and clients, and does not count.
      for (int window = 0; window <= settings().windows(); window++) {
        double without = secondsOfIteration();
        request(HttpLoadClients.CONNECT);
        double with = secondsOfIteration();
        JsonNode response = request(HttpLoadClients.DISCONNECT);
        if (window > 0) {
          alone.add(without);
          watched.add(with);
          received.add(
              new Received(
                  response.path(HttpLoadClients.MESSAGES).asLong(),
                  response.path(HttpLoadClients.SNAPSHOTS).asLong()));
        }
      }
      TimingSummary without = TimingSummary.of(alone);
      TimingSummary with = TimingSummary.of(watched);
      return new HttpLoad(
          CLIENTS,
          without,
          with,
          with.median() / without.median(),
          received.stream().mapToDouble(Received::messages).average().orElseThrow() / CLIENTS,
          received.stream().mapToDouble(Received::snapshots).average().orElseThrow() / CLIENTS);
    }

    private BenchmarkSettings settings() {
      return environment.settings();
    }

    /** Waits until the slot trains and the JIT compiler has compiled the training. */
    private void awaitTraining() {
      double trained = 0;
      while (trained < settings().warmUpSeconds()) {
        long before = timer.iterations();
        pause(settings().windowSeconds());
        trained += timer.iterations() > before ? settings().windowSeconds() : 0;
      }
    }

    private JsonNode request(String command) {
      return clients.request(Map.of(JsonLines.COMMAND, command, JsonLines.TIMES, CLIENTS));
    }

    private double secondsOfIteration() {
      long startNanos = System.nanoTime();
      long before = timer.iterations();
      pause(WINDOW_FACTOR * settings().windowSeconds());
      long iterations = timer.iterations() - before;
      return (System.nanoTime() - startNanos) / 1e9 / iterations;
    }

    /** Waits so long, unless the run ends or a stop is requested. */
    private void pause(double seconds) {
      environment.cancellation().check();
      try {
        run.get(Math.round(1000 * seconds), TimeUnit.MILLISECONDS);
        throw new IllegalStateException("expected the campaign to be running, found it ended");
      } catch (TimeoutException e) {
        environment.cancellation().check();
      } catch (ExecutionException e) {
        throw new CompletionException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchStoppedException();
      }
    }
  }

  /** Results for people. */
  public CaptionedTable table() {
    return new CaptionedTable(
        "A training that " + clients + " clients watch",
        List.of("clients", "alone: ms", "watched: ms", "spread %", "watched ÷ alone"),
        0,
        List.of(
            List.of(
                Integer.toString(clients),
                NumberText.milliseconds(alone.median()),
                NumberText.milliseconds(watched.median()),
                NumberText.significant(alone.spreadPercent()),
                NumberText.significant(ratio))),
        List.of(
            """
            Medians of an iteration of dense LeNet-300-100 in wall-clock time, in %d windows each, \
            in turn; spread is of the windows without clients. One slot trains, in the process \
            that also serves. In a window each client kept a stream of the campaign open, which \
            received %s messages, and fetched the whole snapshot %s times.\
            """
                .formatted(
                    alone.windows(),
                    NumberText.significant(messages),
                    NumberText.significant(snapshots))));
  }
}
