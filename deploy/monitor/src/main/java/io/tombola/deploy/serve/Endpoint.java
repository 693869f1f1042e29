package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.Route;

/**
 * One thing that can be asked for.
 *
 * @param method {@code GET} or {@code POST}
 * @param template its path, with at most one {@code {name}} in it that stands for one segment
 */
record Endpoint(String method, String template, Answer answer) {

  /** Answers a request. */
  @FunctionalInterface
  interface Answer {

    /**
     * What answers it.
     *
     * @param name what stands in the template's place; empty if it has none
     * @throws BadRequestException if the request makes no sense
     */
    Route to(HttpRequest request, String name);
  }

  static Endpoint get(String template, Answer answer) {
    return new Endpoint("GET", template, answer);
  }

  static Endpoint post(String template, Answer answer) {
    return new Endpoint("POST", template, answer);
  }
}
