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
 * A store that a server elsewhere shows. Once it has answered, it may be away for a while: what was
 * seen last is shown until it is back. Confined to one thread.
 */
public final class RemoteStore {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final String TOKEN = "token=";
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final URI url;
  private final Optional<String> token;
  private final Clock clock;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private Optional<StoreSnapshot> last = Optional.empty();
  private Optional<String> tag = Optional.empty();

  /**
   * The store behind a page.
   *
   * @param page its address, as the server printed it, also with the token in it
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
   * How it is now, or was when it last answered.
   *
   * @throws IOException if it never answered, or answers something else; the message is one line
   */
  public StoreSnapshot look() throws IOException {
    try {
      HttpResponse<byte[]> answer =
          client.send(question(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == OK) {
        last = Optional.of(read(answer.body()));
        tag = answer.headers().firstValue("etag");
      } else if (answer.statusCode() != NOT_MODIFIED) {
        throw new IOException("expected a store at %s, found: %s".formatted(url, reason(answer)));
      }
      return shown(url.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException e) {
      if (last.isEmpty()) {
        throw e;
      }
      return shown(url + " (no answer)");
    }
  }

  /** Where it is. */
  public URI url() {
    return url;
  }

  private HttpRequest question() {
    HttpRequest.Builder question =
        HttpRequest.newBuilder(url.resolve("api/v1/snapshot")).timeout(ANSWER);
    token.ifPresent(secret -> question.header("Authorization", "Bearer " + secret));
    tag.ifPresent(known -> question.header("If-None-Match", known));
    return question.build();
  }

  private StoreSnapshot shown(String where) {
    return new StoreSnapshot(where, clock.instant(), last.orElseThrow().campaigns());
  }

  private StoreSnapshot read(byte[] body) throws IOException {
    try {
      return Json.MAPPER.readValue(body, StoreSnapshot.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "expected a store at "
              + url
              + ", found an answer that this version does not understand; raise it to the"
              + " server's",
          e);
    }
  }

  /** What the server says about it, if it is one of ours. */
  private static String reason(HttpResponse<byte[]> answer) {
    try {
      String detail = Json.MAPPER.readTree(answer.body()).path("detail").asText();
      return detail.isEmpty() ? "status " + answer.statusCode() : detail;
    } catch (IOException e) {
      return "status " + answer.statusCode() + " of something else";
    }
  }
}
