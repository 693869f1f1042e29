package io.tombola.storage.journal.akka;

import akka.serialization.Serialization;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import io.tombola.storage.journal.sql.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Payloads from objects and back, by the serializers of the actor system. Thread-safe. */
record PayloadCodec(Serialization serialization) {

  /**
   * Writes {@code object}.
   *
   * @throws IllegalArgumentException if its serializer does not write text: the journal must stay
   *     readable by people
   */
  Payload encode(Object object, long writtenAtMillis) {
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

  Object decode(Payload payload) {
    return serialization
        .deserialize(payload.utf8(), payload.serializer(), payload.manifest())
        .get();
  }
}
