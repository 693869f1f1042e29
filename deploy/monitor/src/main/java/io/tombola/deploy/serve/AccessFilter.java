package io.tombola.deploy.serve;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.Cookie;
import akka.http.javadsl.model.headers.Host;
import akka.http.javadsl.model.headers.HttpCookie;
import akka.http.javadsl.model.headers.HttpCookiePair;
import akka.http.javadsl.model.headers.SameSite;
import akka.http.javadsl.model.headers.SetCookie;
import akka.util.ByteString;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides which requests are allowed. Without a token, only requests to a loopback host name are
 * (which stops DNS rebinding); with a token, requests that present it. Control commands from pages
 * of other sites are rejected (CSRF). Immutable and thread-safe.
 */
final class AccessFilter {

  /** Name of the browser cookie that stands for the token. */
  static final String COOKIE = "tombola";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);
  private static final String BEARER = "bearer ";
  private static final String HEALTH = "/health/";

  /**
   * A page that reloads, instead of an HTTP redirect: after a redirect from another site, browsers
   * do not send a SameSite=Strict cookie.
   */
  private static final ByteString REDIRECT_PAGE =
      ByteString.fromString(
          "<!doctype html><meta charset=\"utf-8\"><title>Tombola</title>"
              + "<meta http-equiv=\"refresh\" content=\"0; url=./\"><a href=\"./\">Tombola</a>");

  private final ServeOptions options;

  AccessFilter(ServeOptions options) {
    this.options = options;
  }

  /** Why a request is rejected, if it is. */
  Optional<Problem> rejection(HttpRequest request) {
    return unknownHost(request)
        .or(() -> unauthenticated(request))
        .or(() -> crossSite(request))
        .or(() -> notJson(request));
  }

  /** Anyone can make a DNS name resolve to this machine, so that only known host names pass. */
  private Optional<Problem> unknownHost(HttpRequest request) {
    String name = request.getHeader(Host.class).map(host -> host.host().address()).orElse("");
    boolean known =
        options.token().isPresent()
            || LOOPBACK.matcher(name).matches()
            || name.equalsIgnoreCase(options.host());
    return known
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                StatusCodes.MISDIRECTED_REQUEST,
                "expected the host "
                    + ServeOptions.DEFAULT_HOST
                    + " or localhost, found '"
                    + name
                    + "'; to use another name, start the server with a token"));
  }

  /** Exchanges a token in the URL for a cookie, and reloads the page without it. */
  Optional<HttpResponse> login(HttpRequest request) {
    return tokenInUrl(request).map(token -> login(request, token));
  }

  private static HttpResponse login(HttpRequest request, Token token) {
    boolean encrypted = header(request, "x-forwarded-proto").filter("https"::equals).isPresent();
    HttpCookie cookie =
        HttpCookie.create(COOKIE, token.cookie())
            .withHttpOnly(true)
            .withSecure(encrypted)
            .withSameSite(SameSite.Strict);
    return HttpReplies.text("text/html", REDIRECT_PAGE).addHeader(SetCookie.create(cookie));
  }

  /** The token, if the page's URL contains it. */
  private Optional<Token> tokenInUrl(HttpRequest request) {
    Uri uri = request.getUri();
    boolean page = uri.path().equals("/") && request.method().equals(HttpMethods.GET);
    Optional<String> value = page ? uri.query().get("token") : Optional.empty();
    return options.token().filter(token -> value.filter(token::matches).isPresent());
  }

  private Optional<Problem> unauthenticated(HttpRequest request) {
    boolean isHealth = request.getUri().path().startsWith(HEALTH);
    return isHealth
            || options.token().isEmpty()
            || authenticates(request, options.token().get())
            || tokenInUrl(request).isPresent()
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                StatusCodes.UNAUTHORIZED,
                "expected the token, found none or another; open the URL that the server"
                    + " printed at its start, or send 'Authorization: Bearer TOKEN'"));
  }

  private static boolean authenticates(HttpRequest request, Token token) {
    boolean bearer =
        header(request, "authorization")
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
            .filter(value -> token.matches(value.substring(BEARER.length()).strip()))
            .isPresent();
    return bearer || cookie(request).filter(token::matchesCookie).isPresent();
  }

  private static Optional<String> cookie(HttpRequest request) {
    for (HttpHeader header : request.getHeaders()) {
      if (header instanceof Cookie cookies) {
        for (HttpCookiePair pair : cookies.getCookies()) {
          if (pair.name().equals(COOKIE)) {
            return Optional.of(pair.value());
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Browsers send the origin of a request; other clients need not. */
  private static Optional<Problem> crossSite(HttpRequest request) {
    if (!request.method().equals(HttpMethods.POST)) {
      return Optional.empty();
    }
    String host = header(request, "host").orElse("");
    boolean crossSite =
        header(request, "origin").filter(origin -> !isSameOrigin(origin, host)).isPresent()
            || header(request, "sec-fetch-site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
    return crossSite
        ? Optional.of(
            Problem.of(
                StatusCodes.FORBIDDEN,
                "expected a command from a page of " + host + ", found one of another site"))
        : Optional.empty();
  }

  /** Whether an origin such as {@code https://lab.example} is that of {@code host}. */
  private static boolean isSameOrigin(String origin, String host) {
    int slashes = origin.indexOf("://");
    if (slashes < 0) {
      return false;
    }
    String defaultPort = origin.startsWith("https:") ? ":443" : ":80";
    return withPort(origin.substring(slashes + 3), defaultPort)
        .equalsIgnoreCase(withPort(host, defaultPort));
  }

  private static String withPort(String authority, String defaultPort) {
    return authority.matches(".*:\\d+") ? authority : authority + defaultPort;
  }

  /** Another site cannot send JSON without a CORS preflight request. */
  private static Optional<Problem> notJson(HttpRequest request) {
    String type = request.entity().getContentType().mediaType().toString();
    return request.method().equals(HttpMethods.POST) && !type.equals("application/json")
        ? Optional.of(
            Problem.of(
                StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                "expected 'Content-Type: application/json', found "
                    + (type.equals("none/none") ? "none" : type)))
        : Optional.empty();
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
