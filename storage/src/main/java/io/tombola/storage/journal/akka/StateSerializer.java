package io.tombola.storage.journal.akka;

import akka.serialization.SerializerWithStringManifest;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.journal.sql.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Snapshots of states: JSON under the state's stable name. Stateless and thread-safe. */
public final class StateSerializer extends SerializerWithStringManifest {

  private static final Map<String, Class<?>> STATES =
      Map.of("CampaignState", CampaignState.class, "ReplicateState", ReplicateState.class);

  @Override
  public int identifier() {
    return Payload.STATE_SERIALIZER;
  }

  @Override
  public String manifest(Object state) {
    String name = state.getClass().getSimpleName();
    if (STATES.get(name) != state.getClass()) {
      throw new IllegalArgumentException("no such state: " + state.getClass().getName());
    }
    return name;
  }

  @Override
  public byte[] toBinary(Object state) {
    return Json.bytes(state);
  }

  @Override
  public Object fromBinary(byte[] json, String manifest) {
    Class<?> type = STATES.get(manifest);
    if (type == null) {
      throw new IllegalArgumentException(
          "unknown state '" + manifest + "': the snapshot was written by a newer version");
    }
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("damaged snapshot of a " + manifest, e);
    }
  }
}
