package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.process.JavaOptions;
import io.tombola.protocol.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * Clients in a process of their own, who watch a campaign over HTTP as told by lines of JSON on
 * standard input: each keeps a stream open, and they fetch snapshots, each about once a second.
 */
final class HttpLoadClients {

  private static final int OK = 200;
  private static final long SECOND_MICROS = 1_000_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "clock"));
  private final String server;
  private final String campaign;
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<InputStream> streams = new ArrayList<>();
  private volatile boolean leaving;
  private Optional<Future<?>> pace = Optional.empty();

  private HttpLoadClients(String server, String campaign) {
    this.server = server;
    this.campaign = campaign;
  }

  /**
   * Starts the process; nobody watches yet.
   *
   * @param server its address, with a slash at its end
   */
  static JsonLinesProcess start(String server, String campaign) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(
        List.of("-XX:+DisplayVMOutputToStderr", HttpLoadClients.class.getName(), server, campaign));
    return JsonLinesProcess.start(
        command, Map.of("CLASSPATH", System.getProperty("java.class.path")));
  }

  /** Arguments: the server's address, and a campaign. */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    HttpLoadClients clients = new HttpLoadClients(arguments[0], arguments[1]);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      JsonNode order = Json.MAPPER.readTree(line);
      if ("watch".equals(order.path("do").asText())) {
        clients.watch(order.path("times").asInt());
      } else {
        clients.leave();
      }
      answers.println(Json.MAPPER.writeValueAsString(clients.told()));
    }
  }

  private Map<String, Long> told() {
    return Map.of("messages", messages.get(), "snapshots", snapshots.get());
  }

  private void watch(int clients) throws Exception {
    messages.set(0);
    snapshots.set(0);
    leaving = false;
    for (int client = 0; client < clients; client++) {
      HttpResponse<InputStream> answer =
          http.send(
              request("api/v1/campaigns/" + campaign + "/stream"), BodyHandlers.ofInputStream());
      require(answer);
      streams.add(answer.body());
      daemon(() -> follow(answer.body()), "stream-" + client).start();
    }
    pace =
        Optional.of(
            clock.scheduleAtFixedRate(
                this::fetch, 0, SECOND_MICROS / clients, TimeUnit.MICROSECONDS));
  }

  /** A thread that does not keep the process. */
  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void follow(InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          messages.incrementAndGet();
        }
      }
      fail(new IOException("expected a stream that goes on, found its end"));
    } catch (IOException e) {
      fail(e);
    }
  }

  /** One snapshot, for whichever client's turn it is. */
  private void fetch() {
    try {
      require(http.send(request("api/v1/snapshot"), BodyHandlers.discarding()));
      snapshots.incrementAndGet();
    } catch (IOException | RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(Throwable e) {
    if (!leaving) {
      failure.compareAndSet(null, e);
    }
  }

  private void leave() throws IOException {
    leaving = true;
    pace.ifPresent(fetching -> fetching.cancel(false));
    for (InputStream stream : streams) {
      stream.close();
    }
    streams.clear();
    if (failure.get() != null) {
      throw new UncheckedIOException(new IOException(failure.get()));
    }
  }

  private static void require(HttpResponse<?> answer) {
    if (answer.statusCode() != OK) {
      throw new IllegalStateException(
          "expected to be served %s, found status %d".formatted(answer.uri(), answer.statusCode()));
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).build();
  }
}
