package io.tombola.deploy.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A place in several logs at once. */
final class PositionTest {

  @Test
  void missingNumbersAreZero() {
    Position position = Position.parse("12.40");
    assertEquals(List.of(12L, 40L), position.sequences());
    assertEquals(0, position.of(2));
    assertEquals("12.40.0", position.text(3));
    assertEquals(position, Position.parse("12.40.0.0"));
    assertEquals(Position.BEGINNING, Position.parse("0"));
    assertEquals("0", Position.BEGINNING.toString());
  }

  @Test
  void goesFurtherInALogThatItDidNotKnow() {
    assertEquals("3.0.1", Position.parse("3").with(2, 1).toString());
  }

  @Test
  void isBeyondAHeadThatLacksSomethingOfOneLog() {
    Position head = Position.parse("3.10");
    assertFalse(Position.parse("3.10").isBeyond(head));
    assertFalse(Position.parse("2").isBeyond(head));
    assertTrue(Position.parse("4").isBeyond(head));
    assertTrue(Position.parse("1.1.1").isBeyond(head));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.", ".1", "1..2", "1,2", "9999999999999999999"})
  void refusesWhatIsNone(String text) {
    String line =
        assertThrows(IllegalArgumentException.class, () -> Position.parse(text)).getMessage();
    assertEquals("expected a position such as 12.40.38, found '" + text + "'; begin with 0", line);
  }
}
