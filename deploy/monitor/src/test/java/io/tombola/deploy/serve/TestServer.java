package io.tombola.deploy.serve;

import io.tombola.deploy.metrics.StoreMetrics;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A server on a free port, and an HTTP client for it. */
final class TestServer implements AutoCloseable {

  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  final List<String> warnings = new CopyOnWriteArrayList<>();

  TestServer(StoreLayout store) {
    this(store, Optional.empty(), SseStream.Timing.DEFAULT);
  }

  TestServer(StoreLayout store, Optional<Token> token, SseStream.Timing timing) {
    this(store, new ServeOptions(ServeOptions.DEFAULT_HOST, 0, token, false), timing);
  }

  TestServer(StoreLayout store, ServeOptions options, SseStream.Timing timing) {
    server =
        WebServer.open(
            options,
            new WebServer.Content(
                store, Clock.systemUTC(), StoreMetrics::scrape, false, warnings::add),
            timing);
  }

  int port() {
    return server.port();
  }

  String url() {
    return server.url();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  List<Endpoint> endpoints() {
    return server.endpoints();
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofMinutes(1));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until all streams have ended. */
  void awaitNoStream(Duration timeout) {
    Awaitility.await("the end of all streams")
        .atMost(timeout)
        .until(() -> server.openStreams() == 0);
  }

  @Override
  public void close() {
    server.close();
  }
}
