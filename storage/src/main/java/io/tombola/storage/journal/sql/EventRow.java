package io.tombola.storage.journal.sql;

/**
 * An event as the table holds it.
 *
 * @param writer the incarnation of the actor that persisted it
 * @param adapter the manifest of an event adapter, empty without one
 * @param payload the event as text
 */
public record EventRow(String id, long sequence, String writer, String adapter, Payload payload) {

  /**
   * A checksum over this event and all events before it.
   *
   * @param previous the checksum of the event before it, empty for the first
   */
  String checksum(String previous) {
    Checksum sum = new Checksum().text(previous).text(id).number(sequence);
    return payload.addTo(sum.text(writer).text(adapter)).value();
  }
}
