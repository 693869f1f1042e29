package io.tombola.actors.publish;

import io.tombola.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How a record is written: its value as JSON, its headers as UTF-8. */
public final class RecordEncoder {

  private RecordEncoder() {}

  /** A record of {@code value} for {@code topic}. */
  public static ProducerRecord<String, byte[]> of(
      String topic, String key, Object value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, key, Json.bytes(value));
    headers.forEach(
        (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return message;
  }
}
