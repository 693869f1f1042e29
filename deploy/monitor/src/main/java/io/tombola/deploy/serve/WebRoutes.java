package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Allow;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.PathMatcher0;
import akka.http.javadsl.server.PathMatcher1;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import java.util.Arrays;
import java.util.List;

/** Builds the Akka HTTP routes of all endpoints; every error becomes a {@link Problem} response. */
final class WebRoutes extends AllDirectives {

  /** Responses of such paths are not compressed: compression would delay messages. */
  private static final String STREAM = "/stream";

  private final AccessFilter filter;
  private final List<Endpoint> endpoints;

  WebRoutes(AccessFilter filter, List<Endpoint> endpoints) {
    this.filter = filter;
    this.endpoints = endpoints;
  }

  Route route() {
    Route all = endpoints.stream().map(this::route).reduce(Route::orElse).orElseThrow();
    Route filtered =
        extractRequest(
            request ->
                filter
                    .rejection(request)
                    .map(problem -> complete(problem.response()))
                    .or(() -> filter.login(request).map(this::complete))
                    .orElse(all));
    return mapResponse(
        HttpReplies::withSecurityHeaders,
        () -> handleRejections(rejections(), () -> handleExceptions(exceptions(), () -> filtered)));
  }

  private Route route(Endpoint endpoint) {
    Route found =
        endpoint.template().contains("{")
            ? path(withName(endpoint.template()), name -> handle(endpoint, name))
            : "/".equals(endpoint.template())
                ? pathEndOrSingleSlash(() -> handle(endpoint, ""))
                : path(fixed(segments(endpoint.template())), () -> handle(endpoint, ""));
    return endpoint.template().endsWith(STREAM) ? found : encodeResponse(() -> found);
  }

  private Route handle(Endpoint endpoint, String name) {
    HttpMethod method =
        endpoint.method().equals(HttpMethods.POST.value()) ? HttpMethods.POST : HttpMethods.GET;
    return method(
        method, () -> extractRequest(request -> endpoint.handler().handle(request, name)));
  }

  private static PathMatcher1<String> withName(String template) {
    List<String> segments = segments(template);
    int name = 0;
    while (!segments.get(name).startsWith("{")) {
      name++;
    }
    PathMatcher1<String> matcher = fixed(segments.subList(0, name)).slash(PathMatchers.segment());
    for (String segment : segments.subList(name + 1, segments.size())) {
      matcher = matcher.slash(segment);
    }
    return matcher;
  }

  private static PathMatcher0 fixed(List<String> segments) {
    return PathMatchers.separateOnSlashes(String.join("/", segments));
  }

  private static List<String> segments(String template) {
    return Arrays.asList(template.substring(1).split("/"));
  }

  private RejectionHandler rejections() {
    return RejectionHandler.newBuilder()
        .handleAll(
            MethodRejection.class,
            wrong -> {
              HttpMethod[] allowed =
                  wrong.stream()
                      .map(MethodRejection::supported)
                      .distinct()
                      .toArray(HttpMethod[]::new);
              HttpResponse response =
                  Problem.of(
                          StatusCodes.METHOD_NOT_ALLOWED,
                          "expected " + Arrays.stream(allowed).map(HttpMethod::value).toList())
                      .response();
              return complete(response.addHeader(Allow.create(allowed)));
            })
        .handleNotFound(
            complete(
                Problem.of(
                        StatusCodes.NOT_FOUND,
                        "there is no such path; api/v1/openapi.json lists all paths")
                    .response()))
        .build();
  }

  private ExceptionHandler exceptions() {
    return ExceptionHandler.newBuilder()
        .matchAny(thrown -> complete(ErrorResponse.problem(thrown).response()))
        .build();
  }
}
