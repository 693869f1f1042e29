package io.tombola.storage;

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
}
