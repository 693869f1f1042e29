package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The endpoints of the dashboard, its files, and the OpenAPI document. Stateless and thread-safe.
 */
final class PageEndpoints extends AllDirectives {

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/", (request, none) -> file(StaticFiles.PAGE)),
        Endpoint.get("/assets/{file}", (request, name) -> file(name)),
        Endpoint.get("/api/v1/openapi.json", (request, none) -> complete(document())));
  }

  private Route file(String name) {
    return StaticFiles.find(name)
        .map(file -> complete(HttpReplies.text(file.mediaType(), file.bytes())))
        .orElseThrow(
            () ->
                new BadRequestException(StatusCodes.NOT_FOUND, "there is no file '" + name + "'"));
  }

  private static HttpResponse document() {
    try (InputStream in = PageEndpoints.class.getResourceAsStream("openapi.json")) {
      return HttpReplies.json(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read openapi.json from the class path", e);
    }
  }
}
