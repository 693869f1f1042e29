package io.tombola.protocol.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What journals already hold must stay readable. Each golden log has a line of each event as its
 * version wrote it: a later version adds a log of its own, and never changes an older one.
 */
class EventCodecTest {

  private static final String GOLDEN = "events-0.5.0.txt";

  @Test
  void hasASampleOfEveryEvent() {
    Set<Class<?>> types =
        Stream.of(CampaignEvent.class, ReplicateEvent.class)
            .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
            .collect(Collectors.toSet());
    assertEquals(
        types, EventSamples.ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
  }

  @Test
  void readsBackWhatItWrites() {
    for (TombolaEvent event : EventSamples.ALL) {
      assertEquals(event, EventCodec.decode(EventCodec.nameOf(event), EventCodec.encode(event)));
    }
  }

  @Test
  void readsTheGoldenLog() throws IOException {
    assertEquals(EventSamples.ALL, golden(GOLDEN).stream().map(EventCodecTest::decoded).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "events-0.1.0.txt, 15",
    "events-0.2.0.txt, 21",
    "events-0.3.0.txt, 23",
    "events-0.4.0.txt, 27"
  })
  void readsWhatOlderVersionsWroteAsItWasMeant(String log, int events) throws IOException {
    List<TombolaEvent> read = golden(log).stream().map(EventCodecTest::decoded).toList();
    assertEquals(events, read.size());
    assertEquals(read, EventSamples.ALL.stream().filter(read::contains).toList());
  }

  @Test
  void writesTheGoldenLog() throws IOException {
    assertEquals(
        String.join("\n", golden(GOLDEN)),
        EventSamples.ALL.stream().map(EventCodecTest::line).collect(Collectors.joining("\n")));
  }

  @Test
  void passesOverFieldsThatALaterVersionAdded() throws JsonProcessingException {
    for (TombolaEvent event : EventSamples.ALL) {
      ObjectNode json = Json.MAPPER.valueToTree(event);
      json.put("addedLater", 1);
      byte[] bytes = Json.MAPPER.writeValueAsBytes(json);
      assertEquals(event, EventCodec.decode(EventCodec.nameOf(event), bytes));
    }
  }

  @Test
  void refusesAnEventThatItDoesNotKnow() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> EventCodec.decode("Unheard", new byte[0]));
    assertTrue(refused.getMessage().contains("'Unheard'"));
  }

  @Test
  void refusesDamagedJson() {
    byte[] cut = "{\"replicate\":".getBytes(StandardCharsets.UTF_8);
    assertThrows(UncheckedIOException.class, () -> EventCodec.decode("ReplicateCompleted", cut));
  }

  private static List<String> golden(String name) throws IOException {
    try (InputStream log = EventCodecTest.class.getResourceAsStream(name)) {
      return new String(log.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static String line(TombolaEvent event) {
    String json = new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    return EventCodec.nameOf(event) + " " + json;
  }

  private static TombolaEvent decoded(String line) {
    int space = line.indexOf(' ');
    byte[] json = line.substring(space + 1).getBytes(StandardCharsets.UTF_8);
    return EventCodec.decode(line.substring(0, space), json);
  }
}
