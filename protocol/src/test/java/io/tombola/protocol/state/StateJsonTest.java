package io.tombola.protocol.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombola.protocol.EngineName;
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

  @Test
  void aTrialOfASnapshotFromBeforeThereWasAChoiceIsOfDl4j() throws IOException {
    ReplicateState state =
        ReplicateState.of(
            EventSamples.ALL.stream()
                .filter(ReplicateEvent.class::isInstance)
                .map(ReplicateEvent.class::cast)
                .toList());
    ObjectNode old = Json.MAPPER.valueToTree(state);
    old.get("trials").forEach(trial -> ((ObjectNode) trial).remove("engine"));
    assertTrue(state.trials().stream().anyMatch(trial -> trial.engine() == EngineName.SPARSE));
    assertTrue(
        Json.MAPPER.treeToValue(old, ReplicateState.class).trials().stream()
            .allMatch(trial -> trial.engine() == EngineName.DL4J));
  }

  private static void assertReadsBack(Object state) throws IOException {
    byte[] json = Json.MAPPER.writeValueAsBytes(state);
    assertEquals(state, Json.MAPPER.readValue(json, state.getClass()));
  }
}
