package io.tombola.protocol.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Events as JSON, each under a name that stays when classes move. Stateless and thread-safe.
 *
 * <p>The name is the event's simple class name, such as {@code TrialTrained}.
 */
public final class EventCodec {

  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final Map<String, Class<?>> EVENTS = new TreeMap<>();

  static {
    Stream.of(CampaignEvent.class, ReplicateEvent.class)
        .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
        .forEach(event -> EVENTS.put(event.getSimpleName(), event));
  }

  private EventCodec() {}

  /** The stored name of an event's type. */
  public static String nameOf(TombolaEvent event) {
    return event.getClass().getSimpleName();
  }

  /** The event as UTF-8 JSON. */
  public static byte[] encode(TombolaEvent event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + nameOf(event), e);
    }
  }

  /**
   * Reads an event back.
   *
   * @throws IllegalArgumentException if this version knows no event of that name
   * @throws UncheckedIOException if the bytes are not that event
   */
  public static TombolaEvent decode(String name, byte[] json) {
    Class<?> type = EVENTS.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "unknown event '" + name + "': the journal was written by a newer version");
    }
    try {
      return (TombolaEvent) MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal holds a damaged " + name, e);
    }
  }
}
