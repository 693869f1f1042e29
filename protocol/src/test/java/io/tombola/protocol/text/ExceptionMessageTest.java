package io.tombola.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExceptionMessageTest {

  @Test
  void anExceptionIsDescribedByItsMessage() {
    assertEquals("no space", ExceptionMessage.of(new IllegalStateException("no space")));
  }

  @Test
  void anExceptionWithoutMessageIsDescribedByItsType() {
    assertEquals("java.lang.OutOfMemoryError", ExceptionMessage.of(new OutOfMemoryError()));
  }

  @Test
  void theFirstLineOfAnEmptyMessageIsEmpty() {
    assertEquals("no", ExceptionMessage.firstLineOf(new IllegalStateException("no\nspace")));
    assertEquals("", ExceptionMessage.firstLineOf(new IllegalStateException("")));
  }
}
