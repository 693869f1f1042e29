package io.tombola.training.engine.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ActivationsTest {

  @Test
  void gradientsBeforeTheFirstBatchAreRefused() {
    try (Activations none = Activations.none()) {
      assertEquals(0, none.array().length);
      assertThrows(IllegalStateException.class, none::matrix);
    }
  }

  @Test
  void aResultIsFetchedOnlyFromABuffer() {
    try (Activations values = new Activations(2, 3)) {
      assertThrows(IllegalStateException.class, values::fetch);
      assertThrows(IllegalStateException.class, values::fetchRectified);
    }
  }
}
