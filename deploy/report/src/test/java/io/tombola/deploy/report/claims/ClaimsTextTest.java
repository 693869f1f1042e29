package io.tombola.deploy.report.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTextTest {

  private static final List<ClaimScore> SCORES =
      new Results()
              .ticket(1, 0, 3000, 97.0)
              .ticket(2, 0, 3000, 97.5)
              .ticket(1, 3, 2000, 97.25)
              .ticket(2, 3, 2600, 97.5)
              .scores()
              .stream()
              .filter(score -> List.of("faster-51", "faster-21").contains(score.claim().id()))
              .toList();

  @Test
  void peopleReadOneBlockAClaim() {
    assertEquals(
        """
        held             Tickets at Pm 51.3 learn faster than dense: early stop is earlier.
                           Pm 51.2 %: held in 2 of 2 replicates
                           early-stop iteration: ticket 2,300, dense 3,000; margin +700 (+400 to +1,000),
                           n=2
                           On average 23 % earlier.
                           The paper: earlier (figure 3).
        not enough data  Tickets at Pm 21.1 learn faster than dense: early stop is earlier.
                           no replicate decides it
                           There is no round within 15 % of Pm 21.1.
                           The paper: 38 % earlier (LeNet on MNIST).
        Of 2 claims and questions: 1 held, 0 not held, 1 not enough data.
        """,
        ClaimsText.of(SCORES));
  }

  @Test
  void scriptsReadTheSameNumbers() {
    JsonNode json = Json.MAPPER.valueToTree(SCORES);
    JsonNode faster = json.get(0);
    assertEquals("faster-51", faster.get("id").asText());
    assertTrue(faster.get("source").asText().contains("1803.03635"));
    assertEquals("held", faster.get("verdict").asText());
    assertEquals(2, faster.get("held").asInt());
    assertEquals(51.2, faster.get("remaining_percent").get(0).asDouble(), 1e-9);
    JsonNode part = faster.get("parts").get(0);
    assertEquals("early-stop iteration", part.get("measure").asText());
    assertEquals(400, part.get("margin").get("min").asDouble());
    JsonNode replicate = part.get("replicates").get(1);
    assertEquals(2, replicate.get("replicate").asInt());
    assertEquals(2600, replicate.get("value").asDouble());
    assertEquals(3000, replicate.get("reference").asDouble());
    assertEquals(400, replicate.get("margin").asDouble());
    assertEquals(1, replicate.get("rounds_held").asInt());
    assertEquals(false, replicate.get("at_last_iteration").asBoolean());
    assertTrue(json.get(1).get("parts").get(0).get("margin").isNull());
  }
}
