package io.tombola.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.spec.ScheduleSpec.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleSpecTest {

  @Test
  void theJsonOfAScheduleIsThatOfItsSettings() throws JsonProcessingException {
    expect("{'type':'CONSTANT','milestones':[],'factor':0.1,'warmUp':0}", ScheduleSpec.constant());
    expect(
        "{'type':'STEP','milestones':[500,750],'factor':0.2,'warmUp':50}",
        new ScheduleSpec.Step(List.of(500, 750), 0.2, 50));
    expect("{'type':'COSINE','milestones':[],'factor':0.1,'warmUp':7}", new ScheduleSpec.Cosine(7));
  }

  @Test
  void aFactorWithoutMilestonesMakesNoDifference() throws JsonProcessingException {
    String json = "{\"type\":\"CONSTANT\",\"milestones\":[],\"factor\":0.5,\"warmUp\":0}";
    assertEquals(ScheduleSpec.constant(), Json.MAPPER.readValue(json, ScheduleSpec.class));
  }

  @Test
  void milestonesAreForStepsAndRise() {
    refuse(
        "none without type = step",
        () -> new Settings(ScheduleSpec.Type.COSINE, List.of(5), 0.1, 0));
    refuse("iterations above 0 that rise", () -> new ScheduleSpec.Step(List.of(5, 5), 0.1, 0));
    refuse(
        "at least one iteration, such as [8000, 16000]",
        () -> ScheduleSpec.of(new Settings(ScheduleSpec.Type.STEP, List.of(), 0.1, 0)));
  }

  @Test
  void aCosineStartsAtTheFullRateAndIsHalfOfItInTheMiddle() {
    ScheduleSpec cosine = new ScheduleSpec.Cosine(10);
    assertEquals(1, cosine.factor(0, 110));
    assertEquals(1, cosine.factor(10, 110));
    assertEquals(0.5, cosine.factor(60, 110), 1e-15);
    assertEquals(0, cosine.factor(110, 110));
  }

  private static void expect(String json, ScheduleSpec schedule) throws JsonProcessingException {
    String written = Json.MAPPER.writeValueAsString(schedule);
    assertEquals(json.replace('\'', '"'), written);
    assertEquals(schedule, Json.MAPPER.readValue(written, ScheduleSpec.class));
  }

  private static void refuse(String expected, Runnable schedule) {
    InvalidSpecException refused = assertThrows(InvalidSpecException.class, schedule::run);
    assertEquals("training.optimizer.schedule.milestones", refused.key());
    assertEquals(
        refused.key() + ": expected " + expected,
        refused.getMessage().replaceFirst(", found.*", ""));
  }
}
