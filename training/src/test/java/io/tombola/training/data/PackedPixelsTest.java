package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedPixelsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 27, 784})
  void pixelsAreThoseOfTheirImages(int values) {
    byte[] bytes = DataFixtures.values(5 * values);
    PackedPixels pixels = new PackedPixels(bytes, values);
    for (int image = 0; image < 5; image++) {
      for (int v = 0; v < values; v++) {
        assertEquals(bytes[image * values + v] & 0xff, pixels.pixel(image, v));
      }
    }
    int[] copied = new int[1 + (values + 3) / 4];
    pixels.copy(3, copied, 1);
    assertEquals(0, copied[0]);
    for (int v = 0; v < values; v++) {
      int expected = bytes[3 * values + v] & 0xff;
      assertEquals(expected, copied[1 + v / 4] >>> (v % 4 * 8) & 0xff);
    }
  }
}
