package io.tombola.deploy.serve;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Successful responses. Stateless. */
final class HttpReplies {

  private static final ContentType EVENTS = ContentTypes.create(MediaTypes.TEXT_EVENT_STREAM);

  private HttpReplies() {}

  static HttpResponse json(String body) {
    return json(body.getBytes(StandardCharsets.UTF_8));
  }

  static HttpResponse json(byte[] body) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
  }

  /** A text response of a media type such as {@code text/csv}. */
  static HttpResponse text(String mediaType, ByteString body) {
    return HttpResponse.create().withEntity(HttpEntities.create(type(mediaType), body));
  }

  static HttpResponse events(Source<ByteString, ?> messages) {
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(EVENTS, messages))
        .addHeader(CacheControl.create(CacheDirectives.NO_CACHE))
        // Tells nginx not to buffer the stream.
        .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
  }

  private static ContentType type(String mediaType) {
    return switch (mediaType) {
      case "text/html" -> ContentTypes.create(MediaTypes.TEXT_HTML, HttpCharsets.UTF_8);
      case "text/css" -> ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8);
      case "text/csv" -> ContentTypes.create(MediaTypes.TEXT_CSV, HttpCharsets.UTF_8);
      case "text/javascript" ->
          ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
      case "image/svg+xml" -> ContentTypes.create(MediaTypes.IMAGE_SVG_XML);
      case "image/png" -> ContentTypes.create(MediaTypes.IMAGE_PNG);
      default -> ContentTypes.TEXT_PLAIN_UTF8;
    };
  }

  /** Adds the security headers, so that a page can load nothing but this server's own files. */
  static HttpResponse withSecurityHeaders(HttpResponse response) {
    HttpResponse secured = response;
    for (RawHeader header : SECURITY_HEADERS) {
      secured = secured.addHeader(header);
    }
    return response.getHeader("cache-control").isPresent()
        ? secured
        : secured.addHeader(CacheControl.create(CacheDirectives.NO_CACHE));
  }

  private static final List<RawHeader> SECURITY_HEADERS =
      List.of(
          RawHeader.create(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'"),
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("X-Frame-Options", "DENY"),
          RawHeader.create("Referrer-Policy", "no-referrer"),
          RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"),
          RawHeader.create("Cross-Origin-Opener-Policy", "same-origin"));
}
