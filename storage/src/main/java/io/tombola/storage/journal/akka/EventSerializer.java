package io.tombola.storage.journal.akka;

import akka.serialization.SerializerWithStringManifest;
import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.journal.sql.Payload;

/** Events in the journal: JSON under the event's stable name. Stateless and thread-safe. */
public final class EventSerializer extends SerializerWithStringManifest {

  @Override
  public int identifier() {
    return Payload.EVENT_SERIALIZER;
  }

  @Override
  public String manifest(Object event) {
    return EventCodec.nameOf((TombolaEvent) event);
  }

  @Override
  public byte[] toBinary(Object event) {
    return EventCodec.encode((TombolaEvent) event);
  }

  @Override
  public Object fromBinary(byte[] json, String manifest) {
    return EventCodec.decode(manifest, json);
  }
}
