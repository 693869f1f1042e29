package io.tombola.actors.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.protocol.json.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How a record is written: its value as JSON, its headers as UTF-8. */
public final class RecordEncoder {

  private RecordEncoder() {}

  /** A record of {@code value} for {@code topic}. */
  public static ProducerRecord<String, byte[]> of(
      String topic, String key, Object value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, key, json(value));
    headers.forEach(
        (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return message;
  }

  private static byte[] json(Object value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + value, e);
    }
  }
}
