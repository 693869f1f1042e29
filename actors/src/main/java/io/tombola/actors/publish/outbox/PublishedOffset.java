package io.tombola.actors.publish.outbox;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a replicate is published, as the cluster stores it.
 *
 * @param sequence of the last event that was published
 * @param lineage the checksum of the log that it was published from, {@link #UNSETTLED} if results
 *     after it may be on the topic; empty from versions before 0.3
 */
record PublishedOffset(long sequence, Optional<String> lineage) {

  /** The checksum of no log. */
  static final String UNSETTLED = "unsettled";

  static PublishedOffset of(OffsetAndMetadata offset) {
    return new PublishedOffset(
        offset.offset(), Optional.of(offset.metadata()).filter(text -> !text.isEmpty()));
  }

  OffsetAndMetadata toKafka() {
    return new OffsetAndMetadata(sequence, lineage.orElse(""));
  }
}
