package io.tombola.deploy.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.deploy.serve.Token;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a store from a Tombola server. After the first response it tolerates outages: it returns
 * the last snapshot until the server responds again. Not thread-safe.
 */
public final class RemoteStore {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);
  private static final String TOKEN = "token=";
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final URI url;
  private final Optional<String> token;
  private final Clock clock;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private Optional<StoreSnapshot> last = Optional.empty();
  private Optional<String> tag = Optional.empty();

  /**
   * A store served at {@code page}.
   *
   * @param page the URL that the server printed, with or without the token
   */
  public RemoteStore(URI page, Optional<Token> token, Clock clock) {
    this.url = page.resolve("./");
    this.token = token.map(Token::secret).or(() -> tokenIn(page));
    this.clock = clock;
  }

  private static Optional<String> tokenIn(URI page) {
    return Optional.ofNullable(page.getQuery()).stream()
        .flatMap(query -> Arrays.stream(query.split("&")))
        .filter(part -> part.startsWith(TOKEN))
        .map(part -> part.substring(TOKEN.length()))
        .findFirst();
  }

  /**
   * Fetches the current snapshot; the last one while the server does not respond.
   *
   * @throws IOException if the server has never responded, or the response is not a store; one line
   */
  public StoreSnapshot poll() throws IOException {
    try {
      HttpResponse<byte[]> response =
          client.send(request(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == OK) {
        last = Optional.of(read(response.body()));
        tag = response.headers().firstValue("etag");
      } else if (response.statusCode() != NOT_MODIFIED) {
        throw new IOException("expected a store at %s, found: %s".formatted(url, reason(response)));
      }
      return snapshot(url.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException e) {
      if (last.isEmpty()) {
        throw e;
      }
      return snapshot(url + " (no answer)");
    }
  }

  /** The server's base URL. */
  public URI url() {
    return url;
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("api/v1/snapshot")).timeout(RESPONSE_TIMEOUT);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    tag.ifPresent(known -> request.header("If-None-Match", known));
    return request.build();
  }

  private StoreSnapshot snapshot(String where) {
    return new StoreSnapshot(where, clock.instant(), last.orElseThrow().campaigns());
  }

  private StoreSnapshot read(byte[] body) throws IOException {
    try {
      return Json.MAPPER.readValue(body, StoreSnapshot.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "expected a store at "
              + url
              + ", found a response that this version cannot read; update tombola to the"
              + " server's version",
          e);
    }
  }

  /** The error detail of a Tombola server, or else the status code. */
  private static String reason(HttpResponse<byte[]> response) {
    try {
      String detail = Json.MAPPER.readTree(response.body()).path("detail").asText();
      return detail.isEmpty() ? "status " + response.statusCode() : detail;
    } catch (IOException e) {
      return "status " + response.statusCode() + " from another kind of server";
    }
  }
}
