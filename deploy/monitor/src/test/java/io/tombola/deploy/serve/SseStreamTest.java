package io.tombola.deploy.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import io.tombola.storage.StoreLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of a log that is longer than the buffer of recent events. */
final class SseStreamTest {

  private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int EVENTS = 3 * RecentEvents.LENGTH;
  private static final String STREAM = "/api/v1/campaigns/long/stream";

  @TempDir Path folder;

  @Test
  void sendsAllEventsFromTheBeginningInOrder() throws Exception {
    try (TestServer server = new TestServer(longLog())) {
      List<Long> sequences = sequences(server, STREAM + "?after=0", Optional.empty(), EVENTS);
      assertEquals(LongStream.rangeClosed(1, EVENTS).boxed().toList(), sequences);
    }
  }

  @Test
  void theLastEventIdTakesPrecedenceOverTheQueryParameter() throws Exception {
    try (TestServer server = new TestServer(longLog())) {
      List<Long> sequences =
          sequences(server, STREAM + "?after=0", Optional.of((EVENTS - 2) + ".0.0"), 2);
      assertEquals(List.of(EVENTS - 1L, (long) EVENTS), sequences);
    }
  }

  @Test
  void withoutAPositionSendsTheCurrentStatusAndThenOnlyNewEvents() throws Exception {
    try (TestServer server = new TestServer(longLog());
        SseReader stream = SseReader.open(server.uri(STREAM), Optional.empty())) {
      SseReader.Message first = stream.next().orElseThrow();
      assertEquals("status", first.event());
      assertEquals(Optional.empty(), first.id());
      SseReader.Message second = stream.next().orElseThrow();
      assertEquals(new SseReader.Message(Optional.empty(), "live", "null"), second);
    }
  }

  @Test
  void theEventsEndpointReturnsTheSameEvents() throws Exception {
    try (TestServer server = new TestServer(longLog())) {
      List<Long> sequences = new ArrayList<>();
      String after = "0";
      JsonNode page;
      do {
        page = events(server, "?limit=999&after=" + after);
        page.get("events").forEach(event -> sequences.add(event.get("sequence").asLong()));
        after = page.get("position").asText();
      } while (page.get("events").size() == 999);
      assertEquals(LongStream.rangeClosed(1, EVENTS).boxed().toList(), sequences);
      assertEquals(EVENTS + ".0.0", after);
    }
  }

  /** A position beyond the end of the log, and a log that is replaced while a client follows it. */
  @Test
  void resetsClientsOfAnotherLog() throws Exception {
    StoreLayout store = longLog();
    try (TestServer server = new TestServer(store);
        SseReader beyond = SseReader.open(server.uri(STREAM), Optional.of((EVENTS + 1) + ".0.0"));
        SseReader client = SseReader.open(server.uri(STREAM), Optional.empty())) {
      SseReader.Message reset = beyond.next().orElseThrow();
      assertEquals("reset", reset.event());
      assertEquals(Optional.of("0.0.0"), reset.id());
      assertEquals(Optional.of("1.0.0"), beyond.next().orElseThrow().id());

      assertEquals("status", client.next().orElseThrow().event());
      assertEquals("live", client.next().orElseThrow().event());
      StoreLayout other =
          LongLog.write(new StoreLayout(folder.resolve("other")), "long", 2, START.plusSeconds(1));
      Files.move(other.journal().getParent(), folder.resolve("new"));
      Files.move(store.journal().getParent(), folder.resolve("old"));
      Files.move(folder.resolve("new"), store.journal().getParent());
      assertTimeoutPreemptively(
          TIMEOUT,
          () -> {
            Optional<SseReader.Message> end = client.next();
            // Between the two moves there is no campaign, so that the stream may end instead.
            assertTrue(end.isEmpty() || end.get().event().equals("reset"), end::toString);
          });
    }
  }

  @Test
  void aSlowClientIsDisconnectedAndDoesNotDelayOthers() throws Exception {
    SseStream.Timing shortTimeout =
        new SseStream.Timing(Duration.ofMillis(200), Duration.ofSeconds(1));
    try (TestServer server = new TestServer(longLog(), Optional.empty(), shortTimeout);
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      slow.getOutputStream()
          .write(
              ("GET " + STREAM + "?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      assertEquals(EVENTS, sequences(server, STREAM + "?after=0", Optional.empty(), EVENTS).size());

      // Without the timeout, the slow client's stream would never end.
      server.awaitNoStream(TIMEOUT);
      assertEquals(List.of(), server.warnings);
    }
  }

  @Test
  void anIdleStreamSendsHeartbeats() throws Exception {
    SseStream.Timing frequent =
        new SseStream.Timing(Duration.ofMillis(200), Duration.ofSeconds(20));
    try (TestServer server = new TestServer(longLog(), Optional.empty(), frequent);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client
          .getOutputStream()
          .write(
              ("GET " + STREAM + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      String seen =
          assertTimeoutPreemptively(
              TIMEOUT,
              () -> {
                StringBuilder text = new StringBuilder();
                while (text.indexOf("\n:\n\n") < 0) {
                  int read = client.getInputStream().read();
                  assertFalse(read < 0, text::toString);
                  text.append((char) read);
                }
                return text.toString();
              });
      assertTrue(seen.contains("event: status"), seen);
    }
  }

  @Test
  void endsItsStreamsWhenTheServerCloses() throws Exception {
    TestServer server = new TestServer(longLog());
    try (SseReader stream = SseReader.open(server.uri(STREAM), Optional.empty())) {
      assertEquals("status", stream.next().orElseThrow().event());
      assertEquals("live", stream.next().orElseThrow().event());
      server.close();
      assertTimeoutPreemptively(TIMEOUT, () -> assertEquals(Optional.empty(), stream.next()));
    } finally {
      server.close();
    }
  }

  private StoreLayout longLog() {
    return LongLog.write(new StoreLayout(folder.resolve("store")), "long", EVENTS, START);
  }

  private static List<Long> sequences(
      TestServer server, String path, Optional<String> lastId, int count) throws Exception {
    return assertTimeoutPreemptively(
        TIMEOUT,
        () -> {
          List<Long> sequences = new ArrayList<>();
          try (SseReader stream = SseReader.open(server.uri(path), lastId)) {
            while (sequences.size() < count) {
              SseReader.Message message = stream.next().orElseThrow();
              JsonNode event = Json.MAPPER.readTree(message.data());
              assertEquals("event", message.event());
              assertEquals(Optional.of(event.get("sequence").asText() + ".0.0"), message.id());
              sequences.add(event.get("sequence").asLong());
            }
          }
          return sequences;
        });
  }

  private static JsonNode events(TestServer server, String query) throws Exception {
    return Json.MAPPER.readTree(server.get("/api/v1/campaigns/long/events" + query).body());
  }
}
