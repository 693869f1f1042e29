package io.tombola.deploy.serve;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tombola.protocol.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * An error response according to RFC 9457 (problem details).
 *
 * @param detail one line: what was expected, what was found, what to do next
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
record Problem(String type, String title, int status, String detail) {

  private static final ContentType JSON =
      ContentTypes.create(
          MediaTypes.customBinary(
              "application",
              "problem+json",
              akka.http.scaladsl.model.MediaType.Compressible$.MODULE$));

  static Problem of(StatusCode status, String detail) {
    return new Problem("about:blank", status.reason(), status.intValue(), oneLine(detail));
  }

  /** The HTTP response with this problem as its body. */
  HttpResponse response() {
    HttpResponse response =
        HttpResponse.create()
            .withStatus(status)
            .withEntity(
                HttpEntities.create(JSON, Json.text(this).getBytes(StandardCharsets.UTF_8)));
    return status == StatusCodes.UNAUTHORIZED.intValue()
        ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"))
        : response;
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
