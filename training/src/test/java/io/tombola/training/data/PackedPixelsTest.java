package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedPixelsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 27, 784})
  void pixelsAreThoseOfTheirImagesAndABlackOneFollows(int values) {
    byte[] bytes = DataFixtures.values(5 * values);
    PackedPixels pixels = new PackedPixels(bytes, values);
    for (int image = 0; image < 5; image++) {
      for (int v = 0; v < values; v++) {
        assertEquals(bytes[image * values + v] & 0xff, pixels.pixel(image, v));
      }
    }
    assertEquals((values + 3) / 4, pixels.wordsOfImage());
    assertEquals(pixels.place(5), pixels.blank());
    for (int w = 0; w < pixels.wordsOfImage(); w++) {
      assertEquals(0, pixels.words()[pixels.blank() + w]);
    }
  }
}
