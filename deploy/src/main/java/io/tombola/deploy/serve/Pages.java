package io.tombola.deploy.serve;

import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.util.List;

/** The page for people, and the files that it is made of. Stateless and thread-safe. */
final class Pages extends AllDirectives {

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/", (request, none) -> file(StaticFiles.PAGE)),
        Endpoint.get("/assets/{file}", (request, name) -> file(name)));
  }

  private Route file(String name) {
    return StaticFiles.find(name)
        .map(file -> complete(Replies.text(file.mediaType(), file.bytes())))
        .orElseThrow(
            () ->
                new BadRequestException(
                    StatusCodes.NOT_FOUND, "there is no file '" + name + "' here"));
  }
}
