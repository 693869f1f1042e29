package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.RecordEncoder;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.record.Topics;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A result on its way to the topic, with where and when the journal got it. */
record RoundMessage(RoundRecord round, Instant at, long sequence) {

  /** What it is on the topic, whenever it gets there. */
  String id() {
    return RecordHeaders.ofRound(round.trial(), at, sequence, "").get(RecordHeaders.ID);
  }

  ProducerRecord<String, byte[]> toKafka(String store) {
    return RecordEncoder.of(
        Topics.ROUNDS,
        round.trial().replicateId().toString(),
        round,
        RecordHeaders.ofRound(round.trial(), at, sequence, store));
  }
}
