package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.Route;

/**
 * An endpoint of the server.
 *
 * @param method {@code GET} or {@code POST}
 * @param template its path, with at most one {@code {name}} that matches one segment
 */
record Endpoint(String method, String template, Handler handler) {

  /** Handles a request. */
  @FunctionalInterface
  interface Handler {

    /**
     * The response to a request.
     *
     * @param name the segment that matched {@code {name}}; empty if the template has none
     * @throws BadRequestException if the request is invalid
     */
    Route handle(HttpRequest request, String name);
  }

  static Endpoint get(String template, Handler handler) {
    return new Endpoint("GET", template, handler);
  }

  static Endpoint post(String template, Handler handler) {
    return new Endpoint("POST", template, handler);
  }
}
