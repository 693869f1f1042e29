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
import io.tombola.protocol.json.Json;
import io.tombola.protocol.text.ExceptionMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The endpoints for control commands. Thread-safe; the caller closes it. */
final class ControlEndpoints extends AllDirectives implements AutoCloseable {

  /** How long the running process has to execute a command. */
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(20);

  private final ControlClient client;
  private final StorePoller poller;
  private final boolean readOnly;
  private final ExecutorService threads = Executors.newFixedThreadPool(4, Threads.named("command"));

  ControlEndpoints(ControlClient client, StorePoller poller, boolean readOnly) {
    this.client = client;
    this.poller = poller;
    this.readOnly = readOnly;
  }

  List<Endpoint> endpoints() {
    return Stream.of(ControlCommand.values()).map(this::endpoint).toList();
  }

  private Endpoint endpoint(ControlCommand command) {
    String name = command.toString();
    return Endpoint.post(
        "/api/v1/campaigns/{campaign}/" + name,
        (request, campaign) -> {
          requireWritable(name);
          poller.current().require(campaign);
          return execute(request, campaign, command);
        });
  }

  private void requireWritable(String command) {
    if (readOnly) {
      throw new BadRequestException(
          StatusCodes.FORBIDDEN,
          "this server was started with --read-only and accepts no commands; on the store's"
              + " machine, type 'tombola "
              + command
              + "'");
    }
  }

  private Route execute(HttpRequest request, String campaign, ControlCommand command) {
    return extractMaterializer(
        materializer -> {
          request.discardEntityBytes(materializer);
          return completeWithFuture(
              CompletableFuture.supplyAsync(() -> send(campaign, command), threads));
        });
  }

  private HttpResponse send(String campaign, ControlCommand command) {
    try {
      return HttpReplies.json(Json.text(client.send(campaign, command, COMMAND_TIMEOUT)));
    } catch (CommandRejectedException e) {
      throw new BadRequestException(StatusCodes.CONFLICT, ExceptionMessage.of(e));
    } catch (CommandTimeoutException e) {
      throw new BadRequestException(StatusCodes.SERVICE_UNAVAILABLE, ExceptionMessage.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadRequestException(
          StatusCodes.SERVICE_UNAVAILABLE, "the server is shutting down; the command is withdrawn");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
