package io.tombola.deploy.bench.developer;

import io.tombola.deploy.bench.child.JsonLines;
import io.tombola.deploy.bench.child.JsonLinesProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The main class of a process whose clients watch a campaign over HTTP on request: each keeps an
 * event stream open and fetches a snapshot about once a second.
 */
final class HttpLoadClients {

  static final String CONNECT = "connect";
  static final String DISCONNECT = "disconnect";
  static final String MESSAGES = "messages";
  static final String SNAPSHOTS = "snapshots";

  private static final int OK = 200;
  private static final long SECOND_MICROS = 1_000_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "snapshots"));
  private final String server;
  private final String campaign;
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<InputStream> streams = new ArrayList<>();
  private volatile boolean disconnecting;
  private Optional<Future<?>> snapshotTask = Optional.empty();

  private HttpLoadClients(String server, String campaign) {
    this.server = server;
    this.campaign = campaign;
  }

  /**
   * Starts the process without connecting clients.
   *
   * @param server its address, with a slash at its end
   */
  static JsonLinesProcess start(String server, String campaign) throws IOException {
    return JsonLinesProcess.startJava(HttpLoadClients.class, server, campaign);
  }

  /** Arguments: the server's address, and a campaign. */
  public static void main(String[] arguments) throws Exception {
    JsonLines lines = JsonLines.ofStandardOutput();
    HttpLoadClients clients = new HttpLoadClients(arguments[0], arguments[1]);
    lines.serve(
        (command, times) -> {
          if (command.equals(CONNECT)) {
            clients.connect(times);
          } else {
            clients.disconnect();
          }
          return Map.of(MESSAGES, clients.messages.get(), SNAPSHOTS, clients.snapshots.get());
        });
  }

  private void connect(int clients) throws IOException, InterruptedException {
    messages.set(0);
    snapshots.set(0);
    disconnecting = false;
    for (int client = 0; client < clients; client++) {
      HttpResponse<InputStream> response =
          http.send(
              request("api/v1/campaigns/" + campaign + "/stream"), BodyHandlers.ofInputStream());
      requireOk(response);
      streams.add(response.body());
      daemon(() -> countMessages(response.body()), "stream-" + client).start();
    }
    snapshotTask =
        Optional.of(
            scheduler.scheduleAtFixedRate(
                this::fetchSnapshot, 0, SECOND_MICROS / clients, TimeUnit.MICROSECONDS));
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void countMessages(InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          messages.incrementAndGet();
        }
      }
      recordFailure(new IOException("expected an open stream, found its end"));
    } catch (IOException e) {
      recordFailure(e);
    }
  }

  /** Fetches one snapshot for one of the clients. */
  private void fetchSnapshot() {
    try {
      requireOk(http.send(request("api/v1/snapshot"), BodyHandlers.discarding()));
      snapshots.incrementAndGet();
    } catch (IOException | RuntimeException e) {
      recordFailure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void recordFailure(Throwable e) {
    if (!disconnecting) {
      failure.compareAndSet(null, e);
    }
  }

  private void disconnect() throws IOException {
    disconnecting = true;
    snapshotTask.ifPresent(task -> task.cancel(false));
    for (InputStream stream : streams) {
      stream.close();
    }
    streams.clear();
    if (failure.get() != null) {
      throw new UncheckedIOException(new IOException(failure.get()));
    }
  }

  private static void requireOk(HttpResponse<?> response) {
    if (response.statusCode() != OK) {
      throw new IllegalStateException(
          "expected status %d of %s, found %d"
              .formatted(OK, response.uri(), response.statusCode()));
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).build();
  }
}
