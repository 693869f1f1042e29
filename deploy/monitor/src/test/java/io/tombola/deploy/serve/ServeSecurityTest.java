package io.tombola.deploy.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the server accepts and which it rejects. */
final class ServeSecurityTest {

  private static final String STORE = "/api/v1/store";
  private static final String COMMAND = "/api/v1/campaigns/none/cancel";
  private static final String JSON = "Content-Type: application/json";
  private static final String SECRET = "correct-horse-battery";

  @TempDir Path folder;

  @Test
  void withoutATokenOnlyLoopbackHostNamesAreAccepted() throws Exception {
    try (TestServer server = open(Optional.empty())) {
      int port = server.port();
      for (String name : new String[] {"127.0.0.1:" + port, "localhost", "LOCALHOST:1", "[::1]"}) {
        assertEquals(200, Raw.get(port, STORE, "Host: " + name).status(), name);
      }
      for (String name : new String[] {"lab.example", "localhost.lab.example", "10.0.0.7:8420"}) {
        Raw rejected = Raw.get(port, STORE, "Host: " + name);
        assertEquals(421, rejected.status(), name);
        assertTrue(rejected.body().contains("expected the host 127.0.0.1"), rejected.body());
        assertEquals(421, Raw.get(port, "/", "Host: " + name).status(), name);
      }
    }
  }

  @Test
  void acceptsCommandsOnlyFromItsOwnPages() throws Exception {
    try (TestServer server = open(Optional.empty())) {
      int port = server.port();
      assertEquals(415, Raw.post(port, COMMAND, "Content-Type: text/plain").status());
      assertEquals(415, Raw.post(port, COMMAND).status());
      for (String origin :
          new String[] {"http://lab.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"}) {
        assertEquals(403, Raw.post(port, COMMAND, JSON, "Origin: " + origin).status(), origin);
      }
      assertEquals(403, Raw.post(port, COMMAND, JSON, "Sec-Fetch-Site: cross-site").status());
      assertEquals(403, Raw.post(port, COMMAND, JSON, "Sec-Fetch-Site: same-site").status());

      String own = "Origin: http://127.0.0.1:" + port;
      // Accepted by the filter; there is no such campaign.
      assertEquals(404, Raw.post(port, COMMAND, JSON, own).status());
      assertEquals(404, Raw.post(port, COMMAND, JSON).status());
      assertEquals(
          404,
          Raw.post(port, COMMAND, JSON, "Host: localhost", "Origin: http://localhost").status());
    }
  }

  @Test
  void withATokenRequestsWithoutItAreRejected() throws Exception {
    try (TestServer server = open(Optional.of(token()))) {
      int port = server.port();
      for (String path : new String[] {STORE, "/", "/metrics", "/assets/uPlot.min.css", "/none"}) {
        Raw rejected = Raw.get(port, path);
        assertEquals(401, rejected.status(), path);
        assertEquals(Optional.of("Bearer"), rejected.header("WWW-Authenticate"));
        assertFalse(rejected.body().contains(SECRET));
      }
      assertEquals(401, Raw.get(port, STORE, "Authorization: Bearer another").status());
      assertEquals(401, Raw.get(port, STORE, "Authorization: Basic " + SECRET).status());
      assertEquals(401, Raw.get(port, STORE, "Cookie: tombola=" + SECRET).status());
      assertEquals(401, Raw.get(port, STORE + "?token=" + SECRET).status());
      assertEquals(401, Raw.post(port, COMMAND, JSON).status());

      assertEquals(200, Raw.get(port, STORE, "Authorization: Bearer " + SECRET).status());
      assertEquals(
          200,
          Raw.get(port, STORE, "Host: lab.example", "Authorization: bearer " + SECRET).status(),
          "with the token, any host name is accepted");
      assertEquals(200, Raw.get(port, "/health/live").status());
      assertEquals(200, Raw.get(port, "/health/ready").status());
    }
  }

  @Test
  void aBrowserExchangesTheTokenInTheUrlForACookie() throws Exception {
    try (TestServer server = open(Optional.of(token()))) {
      int port = server.port();
      assertEquals(401, Raw.get(port, "/?token=another-one-of-them").status());
      Raw login = Raw.get(port, "/?token=" + SECRET);
      assertEquals(200, login.status());
      assertTrue(login.body().contains("url=./"), login.body());
      String cookie = login.header("Set-Cookie").orElseThrow();
      assertTrue(cookie.contains("HttpOnly"), cookie);
      assertTrue(cookie.contains("SameSite=Strict"), cookie);
      assertFalse(cookie.contains(SECRET), cookie);
      String header = "Cookie: other=1; " + cookie.substring(0, cookie.indexOf(';'));
      assertEquals(200, Raw.get(port, STORE, header).status());
      assertEquals(404, Raw.post(port, COMMAND, JSON, header).status());
      Raw behindTls = Raw.get(port, "/?token=" + SECRET, "X-Forwarded-Proto: https");
      assertTrue(behindTls.header("Set-Cookie").orElseThrow().contains("Secure"));
    }
  }

  @Test
  void generatesATokenIfOtherMachinesCanConnect() {
    ServeOptions open = new ServeOptions("0.0.0.0", 0, Optional.empty(), false);
    assertTrue(open.token().orElseThrow().isGenerated());
    assertTrue(open.token().orElseThrow().secret().length() >= 32);
    ServeOptions given = new ServeOptions("0.0.0.0", 0, Optional.of(token()), false);
    assertFalse(given.token().orElseThrow().isGenerated());
    assertEquals(
        Optional.empty(), new ServeOptions("localhost", 0, Optional.empty(), false).token());
  }

  @Test
  void readOnlyRejectsCommands() throws Exception {
    StoreLayout store =
        LongLog.write(
            new StoreLayout(folder), "long", 2, java.time.Instant.parse("2026-11-26T09:00:00Z"));
    ServeOptions readOnly = new ServeOptions("127.0.0.1", 0, Optional.empty(), true);
    try (TestServer server = new TestServer(store, readOnly, SseStream.Timing.DEFAULT)) {
      Raw rejected = Raw.post(server.port(), "/api/v1/campaigns/long/pause", JSON);
      assertEquals(403, rejected.status());
      assertTrue(rejected.body().contains("tombola pause"), rejected.body());
      assertTrue(server.get(STORE).body().contains("\"control\":false"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2fweb.conf",
        "%2e%2e/web.conf",
        "web.conf",
        "WebServer.class",
        "openapi.json",
        "report.html",
        "%00",
        "index.html%00.js",
        "uPlot.d.ts"
      })
  void servesNoFileOutsideTheDashboard(String name) throws Exception {
    try (TestServer server = open(Optional.empty())) {
      assertEquals(404, Raw.get(server.port(), "/assets/" + name).status());
    }
  }

  @Test
  void sendsSecurityHeaders() throws Exception {
    try (TestServer server = open(Optional.empty())) {
      Raw page = Raw.get(server.port(), "/assets/uPlot.min.css");
      String policy = page.header("Content-Security-Policy").orElseThrow();
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
      assertEquals(Optional.of("nosniff"), page.header("X-Content-Type-Options"));
      assertEquals(Optional.of("no-referrer"), page.header("Referrer-Policy"));
      assertEquals(Optional.empty(), page.header("Server"));
      assertEquals(Optional.empty(), page.header("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void anInvalidTokenIsRejectedWithOneLine() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path spaced = Files.writeString(folder.resolve("spaced"), "one two three four five\n");
    for (Path file : new Path[] {empty, spaced, folder.resolve("none")}) {
      String line =
          assertThrows(
                  BadServeOptionException.class, () -> Token.given(Optional.of(file), Map.of()))
              .getMessage();
      assertTrue(line.startsWith("--token-file"), line);
      assertTrue(line.contains("expected"), line);
    }
    assertThrows(
        BadServeOptionException.class,
        () -> Token.given(Optional.empty(), Map.of(Token.VARIABLE, "short")));
  }

  private TestServer open(Optional<Token> token) {
    return new TestServer(
        new StoreLayout(folder.resolve("store")), token, SseStream.Timing.DEFAULT);
  }

  private static Token token() {
    return Token.given(Optional.empty(), Map.of(Token.VARIABLE, SECRET)).orElseThrow();
  }
}
