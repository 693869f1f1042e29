package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.util.ByteString;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.protocol.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The endpoints for metrics, liveness and readiness. Thread-safe. */
final class HealthEndpoints extends AllDirectives {

  private static final Duration MAX_POLL_AGE = Duration.ofSeconds(10);

  /**
   * The collaborators.
   *
   * @param metrics renders a snapshot in Prometheus' text format
   * @param ofRun whether this process is to run a campaign
   */
  record Dependencies(
      StorePoller poller, Clock clock, Function<StoreSnapshot, String> metrics, boolean ofRun) {}

  /**
   * The body of a health response.
   *
   * @param detail why the status is {@code down}
   * @param seen when the store was last polled
   * @param campaign the campaign that this process runs
   */
  private record Health(
      String status, Optional<String> detail, Instant seen, Optional<String> campaign) {}

  private final Dependencies dependencies;

  HealthEndpoints(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/metrics", (request, none) -> complete(metrics())),
        Endpoint.get("/health/live", (request, none) -> complete(health(Optional.empty()))),
        Endpoint.get("/health/ready", (request, none) -> complete(health(failure()))));
  }

  private HttpResponse metrics() {
    StoreVersion now = dependencies.poller().current();
    String text =
        dependencies
            .metrics()
            .apply(new StoreSnapshot(now.store().store(), now.polledAt(), now.store().campaigns()));
    return HttpReplies.text("text/plain; version=0.0.4", ByteString.fromString(text));
  }

  private HttpResponse health(Optional<String> failure) {
    Health health =
        new Health(
            failure.isEmpty() ? "up" : "down",
            failure,
            dependencies.poller().current().polledAt(),
            runningCampaign());
    HttpResponse response = HttpReplies.json(Json.text(health));
    return failure.isEmpty() ? response : response.withStatus(StatusCodes.SERVICE_UNAVAILABLE);
  }

  private Optional<String> failure() {
    StoreVersion now = dependencies.poller().current();
    Duration age = Duration.between(now.polledAt(), dependencies.clock().instant());
    return now.failure()
        .map(line -> "the store cannot be read: " + line)
        .or(
            () ->
                age.compareTo(MAX_POLL_AGE) > 0
                    ? Optional.of("the store was last read " + age.toSeconds() + " s ago")
                    : Optional.empty())
        .or(
            () ->
                dependencies.ofRun() && runningCampaign().isEmpty()
                    ? Optional.of("this process does not run its campaign yet")
                    : Optional.empty());
  }

  private Optional<String> runningCampaign() {
    long self = ProcessHandle.current().pid();
    return dependencies.poller().current().statuses().stream()
        .filter(status -> status.process().filter(process -> process.pid() == self).isPresent())
        .map(CampaignStatus::campaign)
        .findFirst();
  }
}
