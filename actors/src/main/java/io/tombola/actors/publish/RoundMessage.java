package io.tombola.actors.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.record.Topics;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A result on its way to the topic, with where and when the journal got it. */
record RoundMessage(RoundRecord round, Instant at, long sequence) {

  /** What it is on the topic, whenever it gets there. */
  String id() {
    return RecordHeaders.ofRound(round.trial(), at, sequence, "").get(RecordHeaders.ID);
  }

  ProducerRecord<String, byte[]> toKafka(String store) {
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(Topics.ROUNDS, round.trial().replicateId().toString(), value());
    RecordHeaders.ofRound(round.trial(), at, sequence, store)
        .forEach(
            (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return message;
  }

  private byte[] value() {
    try {
      return Json.MAPPER.writeValueAsBytes(round);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write the result of " + round.trial(), e);
    }
  }
}
