package io.tombola.deploy.serve;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tombola.deploy.control.ControlClient;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.StoreLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a store, with its own threads and actor system, so that its failures do not
 * affect a run in the same process. Thread-safe; the caller closes it.
 */
public final class WebServer implements AutoCloseable {

  /**
   * What the server serves.
   *
   * @param store need not exist yet
   * @param metrics renders a snapshot in Prometheus' text format
   * @param ofRun whether this process is to run a campaign
   * @param warnings receives one line for each problem
   */
  public record Content(
      StoreLayout store,
      Clock clock,
      Function<StoreSnapshot, String> metrics,
      boolean ofRun,
      Consumer<String> warnings) {}

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final Duration BIND_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration FINAL_REQUESTS_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration DRAIN_TIMEOUT = Duration.ofMillis(500);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

  private final ServeOptions options;
  private final StorePoller poller;
  private final FigureCache figures;
  private final ControlEndpoints controls;
  private final SseStream streams;
  private final ExecutorService readers = Executors.newFixedThreadPool(2, Threads.named("reader"));
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final ActorSystem<Void> system;
  private final ServerBinding binding;

  private WebServer(ServeOptions options, Content content, SseStream.Timing timing) {
    this.options = options;
    this.poller = StorePoller.open(content.store(), content.clock(), content.warnings());
    this.figures = new FigureCache(content.store());
    this.controls =
        new ControlEndpoints(
            new ControlClient(content.store(), content.clock()), poller, options.readOnly());
    this.system = ActorSystem.create(Behaviors.<Void>empty(), "tombola-web", config());
    EventHistory history = new EventHistory(content.store());
    this.streams = new SseStream(poller, history, timing, readers);
    endpoints.addAll(new PageEndpoints().endpoints());
    endpoints.addAll(
        new Api(
                new Api.Dependencies(
                    poller, history, streams, figures, !options.readOnly(), readers))
            .endpoints());
    endpoints.addAll(controls.endpoints());
    endpoints.addAll(
        new HealthEndpoints(
                new HealthEndpoints.Dependencies(
                    poller, content.clock(), content.metrics(), content.ofRun()))
            .endpoints());
    try {
      this.binding = bind();
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /**
   * Starts the server.
   *
   * @throws BadServeOptionException if it cannot bind to the address
   */
  public static WebServer open(ServeOptions options, Content content) {
    return open(options, content, SseStream.Timing.DEFAULT);
  }

  static WebServer open(ServeOptions options, Content content, SseStream.Timing timing) {
    return new WebServer(options, content, timing);
  }

  private static Config config() {
    return ConfigFactory.parseResources(WebServer.class, "web.conf")
        .withFallback(ConfigFactory.load());
  }

  private ServerBinding bind() {
    CompletionStage<ServerBinding> bound =
        Http.get(system)
            .newServerAt(options.address().getHostAddress(), options.port())
            .bind(new WebRoutes(new AccessFilter(options), endpoints).route());
    try {
      return bound.toCompletableFuture().get(BIND_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw bindFailure(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw bindFailure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private BadServeOptionException bindFailure(Throwable cause) {
    String reason = ExceptionMessage.of(cause);
    boolean inUse = reason.contains("in use");
    return new BadServeOptionException(
        inUse
            ? "expected a free port, found "
                + options.port()
                + " in use at "
                + options.host()
                + "; choose another, or 0 for any free one"
            : "expected to listen at "
                + options.host()
                + " port "
                + options.port()
                + ", found: "
                + reason.substring(reason.lastIndexOf(']') + 1).strip());
  }

  /** All endpoints. */
  List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** The number of open event streams. */
  int openStreams() {
    return streams.openStreams();
  }

  /** The port that the server listens on. */
  public int port() {
    return binding.localAddress().getPort();
  }

  /** The URL for a browser, including the token if this process generated it. */
  public String url() {
    InetAddress address = options.address();
    String host =
        address.isAnyLocalAddress()
            ? hostName()
            : address instanceof Inet6Address && options.host().contains(":")
                ? "[" + options.host() + "]"
                : options.host();
    String token =
        options
            .token()
            .filter(Token::isGenerated)
            .map(generated -> "?token=" + generated.secret())
            .orElse("");
    return "http://" + host + ":" + port() + "/" + token;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Gives stream clients a few seconds to receive the final events and fetch the results. */
  public void awaitClients() {
    awaitNoStream(FINAL_REQUESTS_TIMEOUT);
  }

  /** Stops the server within seconds; streams end after the final events. */
  @Override
  public void close() {
    poller.close();
    awaitNoStream(DRAIN_TIMEOUT);
    await(binding.terminate(DRAIN_TIMEOUT), "connections");
    stop();
  }

  private void awaitNoStream(Duration timeout) {
    try {
      streams.awaitNone(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    poller.close();
    figures.close();
    controls.close();
    system.terminate();
    await(system.getWhenTerminated(), "actor system");
    readers.shutdownNow();
  }

  private static void await(CompletionStage<?> end, String what) {
    try {
      end.toCompletableFuture().get(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the web server could not stop its {} in time: {}", what, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
