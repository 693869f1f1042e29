package io.tombola.training.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server on loopback that can misbehave. */
public final class Mirror implements AutoCloseable {

  /** A request and what was sent for it. */
  public record Served(String name, Optional<String> range, int status, int bytes) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<Served> served = new CopyOnWriteArrayList<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean ignoresRange;
  private volatile boolean stalls;

  public Mirror() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public Mirror with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /** Sends half of what is asked for and closes the connection, so many times. */
  Mirror cutting(int times) {
    cuts.set(times);
    return this;
  }

  Mirror ignoringRange() {
    ignoresRange = true;
    return this;
  }

  /** Sends half of what is asked for, then nothing. */
  Mirror stalling() {
    stalls = true;
    return this;
  }

  public URI folder() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  public List<Served> served() {
    return List.copyOf(served);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      Optional<String> range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
      byte[] file = files.get(name);
      if (file == null) {
        served.add(new Served(name, range, 404, 0));
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      int from = ignoresRange ? 0 : range.map(Mirror::start).orElse(0);
      if (from >= file.length) {
        served.add(new Served(name, range, 416, 0));
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      send(exchange, new Served(name, range, from > 0 ? 206 : 200, file.length - from), file);
    }
  }

  private void send(HttpExchange exchange, Served answer, byte[] file) throws IOException {
    int from = file.length - answer.bytes();
    if (answer.status() == 206) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    }
    exchange.sendResponseHeaders(answer.status(), answer.bytes());
    boolean cut = stalls || cuts.getAndDecrement() > 0;
    int bytes = cut ? answer.bytes() / 2 : answer.bytes();
    served.add(new Served(answer.name(), answer.range(), answer.status(), bytes));
    exchange.getResponseBody().write(Arrays.copyOfRange(file, from, from + bytes));
    exchange.getResponseBody().flush();
    if (stalls) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int start(String range) {
    return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
