package io.tombola.deploy.serve;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tombola.deploy.control.ControlClient;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.storage.StoreLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * Serves a store over HTTP, with threads and an actor system of its own. Whatever goes wrong in it
 * concerns nobody else. Thread-safe; whoever opens it closes it.
 */
public final class WebServer implements AutoCloseable {

  /**
   * What is served.
   *
   * @param store exists or not
   * @param metrics a snapshot as Prometheus reads it
   * @param ofRun whether this process is there to carry a campaign out
   * @param remarks is told what keeps the server from its work, a line each time
   */
  public record Content(
      StoreLayout store,
      Clock clock,
      Function<StoreSnapshot, String> metrics,
      boolean ofRun,
      Consumer<String> remarks) {}

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration LAST_QUESTIONS = Duration.ofSeconds(3);
  private static final Duration FAREWELL = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ServeOptions options;
  private final StorePoller lookout;
  private final FigureCache figures;
  private final ControlEndpoints orders;
  private final SseStream streams;
  private final ExecutorService readers = Executors.newFixedThreadPool(2, Threads.named("reader"));
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final ActorSystem<Void> system;
  private final ServerBinding binding;

  private WebServer(ServeOptions options, Content content, SseStream.Pace pace) {
    this.options = options;
    this.lookout = StorePoller.open(content.store(), content.clock(), content.remarks());
    this.figures = new FigureCache(content.store());
    this.orders =
        new ControlEndpoints(
            new ControlClient(content.store(), content.clock()), lookout, options.readOnly());
    this.system = ActorSystem.create(Behaviors.<Void>empty(), "tombola-web", config());
    EventHistory pages = new EventHistory(content.store());
    this.streams = new SseStream(lookout, pages, pace, readers);
    endpoints.addAll(new PageEndpoints().endpoints());
    endpoints.addAll(
        new Api(new Api.Parts(lookout, pages, streams, figures, !options.readOnly(), readers))
            .endpoints());
    endpoints.addAll(orders.endpoints());
    endpoints.addAll(
        new HealthEndpoints(
                new HealthEndpoints.Parts(
                    lookout, content.clock(), content.metrics(), content.ofRun()))
            .endpoints());
    try {
      this.binding = bind();
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /**
   * Begins to serve.
   *
   * @throws BadServeOptionException if it cannot listen where it is asked to
   */
  public static WebServer open(ServeOptions options, Content content) {
    return open(options, content, SseStream.Pace.USUAL);
  }

  static WebServer open(ServeOptions options, Content content, SseStream.Pace pace) {
    return new WebServer(options, content, pace);
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
      return bound.toCompletableFuture().get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw refused(e.getCause());
    } catch (TimeoutException e) {
      throw refused(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private BadServeOptionException refused(Throwable why) {
    String reason = String.valueOf(why.getMessage());
    boolean inUse = reason.contains("in use");
    return new BadServeOptionException(
        inUse
            ? "expected a free port, found "
                + options.port()
                + " in use at "
                + options.host()
                + "; give another, or 0 for any free one"
            : "expected to listen at "
                + options.host()
                + " port "
                + options.port()
                + ", found: "
                + reason.substring(reason.lastIndexOf(']') + 1).strip());
  }

  /** All that can be asked for. */
  List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** How many follow a stream now. */
  int streams() {
    return streams.open();
  }

  /** The port that it listens at. */
  public int port() {
    return binding.localAddress().getPort();
  }

  /** Where a browser finds it; with the token that was drawn, which nobody could know. */
  public String url() {
    InetAddress address = options.address();
    String host =
        address.isAnyLocalAddress()
            ? machine()
            : address instanceof Inet6Address && options.host().contains(":")
                ? "[" + options.host() + "]"
                : options.host();
    String token =
        options.token().filter(Token::isDrawn).map(drawn -> "?token=" + drawn.secret()).orElse("");
    return "http://" + host + ":" + port() + "/" + token;
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Goes on for a moment if somebody follows, who hears the end and asks for what came of it. */
  public void showTheEnd() {
    awaitNoStream(LAST_QUESTIONS);
  }

  /** Ends within seconds; streams end where they are. */
  @Override
  public void close() {
    lookout.close();
    awaitNoStream(FAREWELL);
    await(binding.terminate(FAREWELL), "connections");
    stop();
  }

  private void awaitNoStream(Duration patience) {
    try {
      streams.awaitNone(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    lookout.close();
    figures.close();
    orders.close();
    system.terminate();
    await(system.getWhenTerminated(), "its threads");
    readers.shutdownNow();
  }

  private static void await(CompletionStage<?> end, String what) {
    try {
      end.toCompletableFuture().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the web server leaves {} behind: {}", what, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
