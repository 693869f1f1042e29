package io.tombola.storage.journal.sql;

import java.nio.charset.StandardCharsets;

/**
 * An object as text, with what is needed to read it back.
 *
 * @param writtenAtMillis since 1970
 * @param serializer the identifier of its serializer
 * @param manifest the stable name of its type
 */
public record Payload(long writtenAtMillis, int serializer, String manifest, String text) {

  /** The serializer of events; stored with each of them, so it never changes. */
  public static final int EVENT_SERIALIZER = 746001;

  /** The serializer of states; stored with each snapshot, so it never changes. */
  public static final int STATE_SERIALIZER = 746002;

  Checksum addTo(Checksum sum) {
    return sum.number(writtenAtMillis).number(serializer).text(manifest).text(text);
  }

  /** The text as the serializer wrote it. */
  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
