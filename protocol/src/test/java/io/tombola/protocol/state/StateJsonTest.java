package io.tombola.protocol.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.EventSamples;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Snapshots are states as JSON: each state on the way must read back as it was. */
class StateJsonTest {

  @Test
  void readsBackEveryStateOfAReplicate() throws IOException {
    ReplicateState state = ReplicateState.EMPTY;
    assertReadsBack(state);
    for (TombolaEvent event : EventSamples.ALL) {
      if (event instanceof ReplicateEvent step) {
        state = state.apply(step);
        assertReadsBack(state);
      }
    }
  }

  @Test
  void readsBackEveryStateOfACampaign() throws IOException {
    CampaignState state = CampaignState.EMPTY;
    assertReadsBack(state);
    for (TombolaEvent event : EventSamples.ALL) {
      if (event instanceof CampaignEvent step) {
        state = state.apply(step);
        assertReadsBack(state);
      }
    }
  }

  private static void assertReadsBack(Object state) throws IOException {
    byte[] json = Json.MAPPER.writeValueAsBytes(state);
    assertEquals(state, Json.MAPPER.readValue(json, state.getClass()));
  }
}
