package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.EntityTag;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.util.ByteString;
import io.tombola.deploy.config.BuildInfo;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.view.ResultsCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The read endpoints of the HTTP API. Thread-safe. */
final class Api extends AllDirectives {

  private static final int DEFAULT_EVENT_LIMIT = 500;
  private static final int MAX_EVENT_LIMIT = 5000;

  /**
   * The collaborators.
   *
   * @param readers runs blocking reads
   */
  record Dependencies(
      StorePoller poller,
      EventHistory history,
      SseStream streams,
      FigureCache figures,
      boolean control,
      Executor readers) {}

  /** The body of {@code /api/v1/store}. */
  private record Store(
      String store, String version, Instant at, boolean control, List<CampaignStatus> campaigns) {}

  private final Dependencies dependencies;

  /** Makes entity tags differ between server processes. */
  private final String serverId = Long.toHexString(new SecureRandom().nextLong());

  private final String version = BuildInfo.read().version();

  Api(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  List<Endpoint> endpoints() {
    String campaign = "/api/v1/campaigns/{campaign}";
    return List.of(
        Endpoint.get("/api/v1/store", (request, none) -> complete(store())),
        Endpoint.get("/api/v1/snapshot", (request, none) -> snapshot()),
        Endpoint.get(
            "/api/v1/campaigns",
            (request, none) -> complete(HttpReplies.json(Json.text(now().statuses())))),
        Endpoint.get(
            campaign, (request, name) -> complete(HttpReplies.json(campaign(name).json().get()))),
        Endpoint.get(
            campaign + "/results", (request, name) -> complete(results(request, campaign(name)))),
        Endpoint.get(campaign + "/events", this::events),
        Endpoint.get(campaign + "/stream", this::stream),
        Endpoint.get(
            campaign + "/figures",
            (request, name) ->
                completeWithFuture(
                    dependencies.figures().figures(campaign(name)).thenApply(HttpReplies::json))));
  }

  private Route snapshot() {
    StoreVersion now = now();
    EntityTag tag = EntityTag.create(serverId + "-" + now.version(), true);
    return conditional(tag, () -> complete(HttpReplies.json(now.json().get())));
  }

  private StoreVersion now() {
    return dependencies.poller().current();
  }

  private HttpResponse store() {
    StoreVersion now = now();
    return HttpReplies.json(
        Json.text(
            new Store(
                now.store().store(),
                version,
                now.polledAt(),
                dependencies.control(),
                now.statuses())));
  }

  private CampaignVersion campaign(String name) {
    return now().require(name);
  }

  private static HttpResponse results(HttpRequest request, CampaignVersion campaign) {
    List<RoundRecord> rows = campaign.snapshot().results();
    String format = query(request, "format").orElse("json");
    return switch (format) {
      case "json" -> HttpReplies.json(Json.text(rows));
      case "csv" -> HttpReplies.text("text/csv", csv(rows));
      default ->
          throw new BadRequestException("format: expected json or csv, found '" + format + "'");
    };
  }

  private static ByteString csv(List<RoundRecord> rows) {
    StringBuilder text = new StringBuilder();
    try {
      ResultsCsv.write(rows, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write rows as text", e);
    }
    return ByteString.fromString(text.toString());
  }

  private Route events(HttpRequest request, String name) {
    CampaignVersion campaign = campaign(name);
    VersionVector after =
        query(request, "after").map(Api::parsePosition).orElse(VersionVector.BEGINNING);
    int limit = query(request, "limit").map(Api::parseLimit).orElse(DEFAULT_EVENT_LIMIT);
    if (after.isBeyond(campaign.head())) {
      throw new BadRequestException(
          StatusCodes.CONFLICT,
          "after: expected a position up to "
              + campaign.head().text(campaign.logs())
              + ", found "
              + after
              + "; the log was replaced: start again with after=0");
    }
    return completeWithFuture(
        CompletableFuture.supplyAsync(() -> page(campaign, after, limit), dependencies.readers()));
  }

  private HttpResponse page(CampaignVersion campaign, VersionVector after, int limit) {
    List<StreamEvent> events = new ArrayList<>();
    VersionVector at = after;
    while (events.size() < limit && !at.equals(campaign.head())) {
      int missing = limit - events.size();
      VersionVector from = at;
      List<StreamEvent> more =
          campaign
              .recentEvents()
              .after(from, missing)
              .orElseGet(() -> dependencies.history().after(campaign, from, missing));
      for (StreamEvent event : more) {
        at = at.with(event.log(), event.sequence());
      }
      events.addAll(more);
    }
    return HttpReplies.json(
        events.stream()
            .map(event -> event.json().get())
            .collect(
                Collectors.joining(
                    ",", "{\"events\":[", "],\"position\":\"" + at.text(campaign.logs()) + "\"}")));
  }

  private Route stream(HttpRequest request, String name) {
    CampaignVersion campaign = campaign(name);
    VersionVector from =
        request
            .getHeader("last-event-id")
            .map(header -> header.value())
            .filter(id -> !id.isEmpty())
            .or(() -> query(request, "after"))
            .map(Api::parsePosition)
            .orElse(campaign.head());
    return complete(HttpReplies.events(dependencies.streams().of(name, from)));
  }

  private static VersionVector parsePosition(String text) {
    try {
      return VersionVector.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("after: " + ExceptionMessage.of(e));
    }
  }

  private static int parseLimit(String text) {
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MAX_EVENT_LIMIT) {
      throw new BadRequestException(
          "limit: expected a number from 1 to " + MAX_EVENT_LIMIT + ", found '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private static Optional<String> query(HttpRequest request, String key) {
    return request.getUri().query().get(key);
  }
}
