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
import io.tombola.protocol.record.RoundRecord;
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

/** What can be read of a store. Thread-safe. */
final class Api extends AllDirectives {

  private static final int USUAL_EVENTS = 500;
  private static final int MOST_EVENTS = 5000;

  /**
   * What it answers from.
   *
   * @param readers runs what blocks
   */
  record Parts(
      StorePoller lookout,
      EventHistory pages,
      SseStream streams,
      FigureCache figures,
      boolean control,
      Executor readers) {}

  /** The store at a glance. */
  private record Store(
      String store, String version, Instant at, boolean control, List<CampaignStatus> campaigns) {}

  private final Parts parts;

  /** Tells the moments of this server from those of another. */
  private final String life = Long.toHexString(new SecureRandom().nextLong());

  private final String version = BuildInfo.read().version();

  Api(Parts parts) {
    this.parts = parts;
  }

  List<Endpoint> endpoints() {
    String campaign = "/api/v1/campaigns/{campaign}";
    return List.of(
        Endpoint.get("/api/v1/store", (request, none) -> complete(store())),
        Endpoint.get("/api/v1/snapshot", (request, none) -> snapshot()),
        Endpoint.get(
            "/api/v1/campaigns",
            (request, none) -> complete(HttpReplies.json(JsonText.of(now().statuses())))),
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
                    parts.figures().figures(campaign(name)).thenApply(HttpReplies::json))));
  }

  private Route snapshot() {
    StoreVersion now = now();
    EntityTag tag = EntityTag.create(life + "-" + now.version(), true);
    return conditional(tag, () -> complete(HttpReplies.json(now.json().get())));
  }

  private StoreVersion now() {
    return parts.lookout().now();
  }

  private HttpResponse store() {
    StoreVersion now = now();
    return HttpReplies.json(
        JsonText.of(
            new Store(now.store().store(), version, now.seen(), parts.control(), now.statuses())));
  }

  private CampaignVersion campaign(String name) {
    return now().require(name);
  }

  private static HttpResponse results(HttpRequest request, CampaignVersion campaign) {
    List<RoundRecord> rows = campaign.snapshot().results();
    String format = query(request, "format").orElse("json");
    return switch (format) {
      case "json" -> HttpReplies.json(JsonText.of(rows));
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
        query(request, "after").map(Api::position).orElse(VersionVector.BEGINNING);
    int limit = query(request, "limit").map(Api::limit).orElse(USUAL_EVENTS);
    if (after.isBeyond(campaign.head())) {
      throw new BadRequestException(
          StatusCodes.CONFLICT,
          "after: expected a position up to "
              + campaign.head().text(campaign.logs())
              + ", found "
              + after
              + "; the log was replaced: begin again with after=0");
    }
    return completeWithFuture(
        CompletableFuture.supplyAsync(() -> page(campaign, after, limit), parts.readers()));
  }

  private HttpResponse page(CampaignVersion campaign, VersionVector after, int limit) {
    List<StreamEvent> events = new ArrayList<>();
    VersionVector at = after;
    while (events.size() < limit && !at.equals(campaign.head())) {
      int wanted = limit - events.size();
      VersionVector from = at;
      List<StreamEvent> more =
          campaign
              .tail()
              .after(from, wanted)
              .orElseGet(() -> parts.pages().after(campaign, from, wanted));
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
            .map(Api::position)
            .orElse(campaign.head());
    return complete(HttpReplies.events(parts.streams().of(name, from)));
  }

  private static VersionVector position(String text) {
    try {
      return VersionVector.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("after: " + e.getMessage());
    }
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_EVENTS) {
      throw new BadRequestException(
          "limit: expected a number from 1 to " + MOST_EVENTS + ", found '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private static Optional<String> query(HttpRequest request, String key) {
    return request.getUri().query().get(key);
  }
}
