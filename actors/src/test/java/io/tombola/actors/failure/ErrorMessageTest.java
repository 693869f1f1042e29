package io.tombola.actors.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ErrorMessageTest {

  @Test
  void anExceptionIsDescribedByItsMessage() {
    assertEquals("no space", ErrorMessage.of(new IllegalStateException("no space")));
  }

  @Test
  void anExceptionWithoutMessageIsDescribedByItsType() {
    assertEquals("java.lang.OutOfMemoryError", ErrorMessage.of(new OutOfMemoryError()));
  }
}
