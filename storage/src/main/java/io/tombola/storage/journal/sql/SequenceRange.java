package io.tombola.storage.journal.sql;

/**
 * The range of an id's events.
 *
 * @param highest the last event ever written, 0 before the first
 * @param highestChecksum that event's checksum, empty before the first
 * @param deletedTo the last event removed from the beginning, 0 if none was
 * @param deletedChecksum that event's checksum, empty if none was
 */
record SequenceRange(
    String id, long highest, String highestChecksum, long deletedTo, String deletedChecksum) {

  static SequenceRange none(String id) {
    return new SequenceRange(id, 0, "", 0, "");
  }

  SequenceRange extendedTo(long sequence, String checksum) {
    return new SequenceRange(id, sequence, checksum, deletedTo, deletedChecksum);
  }

  SequenceRange deletedTo(long sequence, String checksum) {
    return new SequenceRange(id, highest, highestChecksum, sequence, checksum);
  }

  /** The number of events. */
  long count() {
    return highest - deletedTo;
  }

  String checksum() {
    return new Checksum()
        .text(id)
        .number(highest)
        .text(highestChecksum)
        .number(deletedTo)
        .text(deletedChecksum)
        .value();
  }
}
