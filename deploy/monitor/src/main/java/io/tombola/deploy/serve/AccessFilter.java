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
 * Who may ask for what. Without a token only this machine is served, and only under its own name,
 * so that no foreign page comes in by a name that it points here; with one, whoever shows it. No
 * page but the server's own can give orders. Immutable and thread-safe.
 */
final class AccessFilter {

  /** What a browser keeps in the token's place. */
  static final String COOKIE = "tombola";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);
  private static final String BEARER = "bearer ";
  private static final String PROBES = "/health/";

  /**
   * A redirection would not count as the server's own: browsers would keep a strict cookie back.
   */
  private static final ByteString ONWARDS =
      ByteString.fromString(
          "<!doctype html><meta charset=\"utf-8\"><title>Tombola</title>"
              + "<meta http-equiv=\"refresh\" content=\"0; url=./\"><a href=\"./\">Tombola</a>");

  private final ServeOptions options;

  AccessFilter(ServeOptions options) {
    this.options = options;
  }

  /** Why a request is refused, if it is. */
  Optional<Problem> refusal(HttpRequest request) {
    return strangeName(request)
        .or(() -> unknown(request))
        .or(() -> foreignPage(request))
        .or(() -> noJson(request));
  }

  /** A name that anybody can point at this machine is none of its own. */
  private Optional<Problem> strangeName(HttpRequest request) {
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
                    + "'; to be served under another name, start with a token"));
  }

  /** Gives whoever comes with the token in the address a cookie, and sends them on without it. */
  Optional<HttpResponse> welcome(HttpRequest request) {
    return token(request).map(token -> welcome(request, token));
  }

  private static HttpResponse welcome(HttpRequest request, Token token) {
    boolean encrypted = header(request, "x-forwarded-proto").filter("https"::equals).isPresent();
    HttpCookie cookie =
        HttpCookie.create(COOKIE, token.cookie())
            .withHttpOnly(true)
            .withSecure(encrypted)
            .withSameSite(SameSite.Strict);
    return HttpReplies.text("text/html", ONWARDS).addHeader(SetCookie.create(cookie));
  }

  /** The token, where the page is asked for with it in the address. */
  private Optional<Token> token(HttpRequest request) {
    Uri uri = request.getUri();
    boolean page = uri.path().equals("/") && request.method().equals(HttpMethods.GET);
    Optional<String> shown = page ? uri.query().get("token") : Optional.empty();
    return options.token().filter(token -> shown.filter(token::isShownBy).isPresent());
  }

  private Optional<Problem> unknown(HttpRequest request) {
    boolean open = request.getUri().path().startsWith(PROBES);
    return open
            || options.token().isEmpty()
            || shows(request, options.token().get())
            || token(request).isPresent()
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                StatusCodes.UNAUTHORIZED,
                "expected the token, found none or another; open the address that the server"
                    + " printed when it started, or send 'Authorization: Bearer TOKEN'"));
  }

  private static boolean shows(HttpRequest request, Token token) {
    boolean bearer =
        header(request, "authorization")
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
            .filter(value -> token.isShownBy(value.substring(BEARER.length()).strip()))
            .isPresent();
    return bearer || cookie(request).filter(token::isKeptAs).isPresent();
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

  /** Browsers say from which page a request comes; what is no browser need not. */
  private static Optional<Problem> foreignPage(HttpRequest request) {
    if (!request.method().equals(HttpMethods.POST)) {
      return Optional.empty();
    }
    String host = header(request, "host").orElse("");
    boolean foreign =
        header(request, "origin").filter(origin -> !isOf(origin, host)).isPresent()
            || header(request, "sec-fetch-site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
    return foreign
        ? Optional.of(
            Problem.of(
                StatusCodes.FORBIDDEN,
                "expected an order from a page of " + host + ", found one of another site"))
        : Optional.empty();
  }

  /** Whether an origin such as {@code https://lab.example} is what the host calls itself. */
  private static boolean isOf(String origin, String host) {
    int slashes = origin.indexOf("://");
    if (slashes < 0) {
      return false;
    }
    String usual = origin.startsWith("https:") ? ":443" : ":80";
    return withPort(origin.substring(slashes + 3), usual).equalsIgnoreCase(withPort(host, usual));
  }

  private static String withPort(String authority, String usual) {
    return authority.matches(".*:\\d+") ? authority : authority + usual;
  }

  /** A form of a foreign page cannot be JSON without asking first. */
  private static Optional<Problem> noJson(HttpRequest request) {
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
