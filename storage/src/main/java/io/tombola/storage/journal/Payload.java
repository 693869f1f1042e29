package io.tombola.storage.journal;

import akka.serialization.Serialization;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * An object as text, with what is needed to read it back.
 *
 * @param writtenAtMillis since 1970
 * @param serializer the identifier of its serializer
 * @param manifest the stable name of its type
 */
record Payload(long writtenAtMillis, int serializer, String manifest, String text) {

  /**
   * Writes {@code object}.
   *
   * @throws IllegalArgumentException if its serializer does not write text: the journal is to be
   *     readable by people
   */
  static Payload of(Object object, long writtenAtMillis, Serialization serialization) {
    Serializer serializer = serialization.findSerializerFor(object);
    byte[] bytes = serialization.serialize(object).get();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Payload(
          writtenAtMillis,
          serializer.identifier(),
          Serializers.manifestFor(serializer, object),
          text);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "expected a serializer that writes text, found "
              + serializer.getClass().getName()
              + " for "
              + object.getClass().getName(),
          e);
    }
  }

  /** Reads the object back. */
  Object object(Serialization serialization) {
    return serialization.deserialize(utf8(), serializer, manifest).get();
  }

  Checksum addTo(Checksum sum) {
    return sum.number(writtenAtMillis).number(serializer).text(manifest).text(text);
  }

  byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
