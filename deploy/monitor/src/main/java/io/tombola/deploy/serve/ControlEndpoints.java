package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.deploy.control.CommandRejectedException;
import io.tombola.deploy.control.CommandTimeoutException;
import io.tombola.deploy.control.ControlClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Takes orders for campaigns. Thread-safe; whoever opens it closes it. */
final class ControlEndpoints extends AllDirectives implements AutoCloseable {

  /** How long a process at work has to carry an order out. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ControlClient desk;
  private final StorePoller lookout;
  private final boolean readOnly;
  private final ExecutorService threads = Executors.newFixedThreadPool(4, Threads.named("order"));

  ControlEndpoints(ControlClient desk, StorePoller lookout, boolean readOnly) {
    this.desk = desk;
    this.lookout = lookout;
    this.readOnly = readOnly;
  }

  List<Endpoint> endpoints() {
    return Stream.of(ControlCommand.values()).map(this::endpoint).toList();
  }

  private Endpoint endpoint(ControlCommand order) {
    String word = order.name().toLowerCase(Locale.ROOT);
    return Endpoint.post(
        "/api/v1/campaigns/{campaign}/" + word,
        (request, name) -> {
          requireTaken(word);
          lookout.now().require(name);
          return take(request, name, order);
        });
  }

  private void requireTaken(String word) {
    if (readOnly) {
      throw new BadRequestException(
          StatusCodes.FORBIDDEN,
          "this server takes no orders, since it was started with --read-only; on the store's"
              + " machine there is 'tombola "
              + word
              + "'");
    }
  }

  private Route take(HttpRequest request, String campaign, ControlCommand order) {
    return extractMaterializer(
        materializer -> {
          request.discardEntityBytes(materializer);
          return completeWithFuture(
              CompletableFuture.supplyAsync(() -> give(campaign, order), threads));
        });
  }

  private HttpResponse give(String campaign, ControlCommand order) {
    try {
      return HttpReplies.json(JsonText.of(desk.give(campaign, order, PATIENCE)));
    } catch (CommandRejectedException e) {
      throw new BadRequestException(StatusCodes.CONFLICT, e.getMessage());
    } catch (CommandTimeoutException e) {
      throw new BadRequestException(StatusCodes.SERVICE_UNAVAILABLE, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadRequestException(
          StatusCodes.SERVICE_UNAVAILABLE, "the server ends; the order is withdrawn");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
