package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.util.ByteString;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.StoreSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What machines ask to know whether all is well. Thread-safe. */
final class HealthEndpoints extends AllDirectives {

  private static final Duration FRESH = Duration.ofSeconds(10);

  /**
   * Who asks what.
   *
   * @param metrics a snapshot as Prometheus reads it
   * @param ofRun whether this process is there to carry a campaign out
   */
  record Parts(
      StorePoller lookout, Clock clock, Function<StoreSnapshot, String> metrics, boolean ofRun) {}

  /**
   * Whether all is well.
   *
   * @param detail why not
   * @param seen when the store was last looked at
   * @param campaign what this process works on
   */
  private record Health(
      String status, Optional<String> detail, Instant seen, Optional<String> campaign) {}

  private final Parts parts;

  HealthEndpoints(Parts parts) {
    this.parts = parts;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/metrics", (request, none) -> complete(metrics())),
        Endpoint.get("/health/live", (request, none) -> complete(health(Optional.empty()))),
        Endpoint.get("/health/ready", (request, none) -> complete(health(trouble()))));
  }

  private HttpResponse metrics() {
    StoreVersion now = parts.lookout().now();
    String text =
        parts
            .metrics()
            .apply(new StoreSnapshot(now.store().store(), now.seen(), now.store().campaigns()));
    return HttpReplies.text("text/plain; version=0.0.4", ByteString.fromString(text));
  }

  private HttpResponse health(Optional<String> trouble) {
    Health health =
        new Health(
            trouble.isEmpty() ? "up" : "down", trouble, parts.lookout().now().seen(), atWork());
    HttpResponse response = HttpReplies.json(JsonText.of(health));
    return trouble.isEmpty() ? response : response.withStatus(StatusCodes.SERVICE_UNAVAILABLE);
  }

  private Optional<String> trouble() {
    StoreVersion now = parts.lookout().now();
    Duration age = Duration.between(now.seen(), parts.clock().instant());
    return now.trouble()
        .map(line -> "the store cannot be read: " + line)
        .or(
            () ->
                age.compareTo(FRESH) > 0
                    ? Optional.of("the store was last looked at " + age.toSeconds() + " s ago")
                    : Optional.empty())
        .or(
            () ->
                parts.ofRun() && atWork().isEmpty()
                    ? Optional.of("this process has not taken its campaign up yet")
                    : Optional.empty());
  }

  private Optional<String> atWork() {
    long self = ProcessHandle.current().pid();
    return parts.lookout().now().statuses().stream()
        .filter(status -> status.process().filter(who -> who.pid() == self).isPresent())
        .map(CampaignStatus::campaign)
        .findFirst();
  }
}
