package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.RecordEncoder;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.record.Topics;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A result to be published, with the number and the time of its event in the journal. */
record RoundMessage(RoundRecord round, Instant at, long sequence) {

  /** The id of its record; depends on the event only. */
  String id() {
    return Objects.requireNonNull(
        RecordHeaders.ofRound(round.trial(), at, sequence, "").get(RecordHeaders.ID));
  }

  ProducerRecord<String, byte[]> toKafka(String store) {
    return RecordEncoder.of(
        Topics.ROUNDS,
        round.trial().replicateId().toString(),
        round,
        RecordHeaders.ofRound(round.trial(), at, sequence, store));
  }
}
