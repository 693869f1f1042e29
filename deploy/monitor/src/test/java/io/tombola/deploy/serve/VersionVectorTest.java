package io.tombola.deploy.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionVectorTest {

  @Test
  void missingSequenceNumbersAreZero() {
    VersionVector position = VersionVector.parse("12.40");
    assertEquals(List.of(12L, 40L), position.sequences());
    assertEquals(0, position.of(2));
    assertEquals("12.40.0", position.text(3));
    assertEquals(position, VersionVector.parse("12.40.0.0"));
    assertEquals(VersionVector.BEGINNING, VersionVector.parse("0"));
    assertEquals("0", VersionVector.BEGINNING.toString());
  }

  @Test
  void setsThePositionInALogThatItDidNotContain() {
    assertEquals("3.0.1", VersionVector.parse("3").with(2, 1).toString());
  }

  @Test
  void isBeyondAHeadWithFewerEventsInOneLog() {
    VersionVector head = VersionVector.parse("3.10");
    assertFalse(VersionVector.parse("3.10").isBeyond(head));
    assertFalse(VersionVector.parse("2").isBeyond(head));
    assertTrue(VersionVector.parse("4").isBeyond(head));
    assertTrue(VersionVector.parse("1.1.1").isBeyond(head));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.", ".1", "1..2", "1,2", "9999999999999999999"})
  void rejectsMalformedPositions(String text) {
    String line =
        assertThrows(IllegalArgumentException.class, () -> VersionVector.parse(text)).getMessage();
    assertEquals(
        "expected a position such as 12.40.38, found '" + text + "'; 0 is the beginning", line);
  }
}
