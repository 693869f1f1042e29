package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelLanesTest {

  @ParameterizedTest
  @CsvSource({"1, 8, 8", "84, 64, 60", "784, 64, 64", "27, 72, 13"})
  void lanesHaveThePixelsOfTheirExamples(int values, int lanes, int count) {
    RandomStream stream = new Seeds(1, 1).stream("pixels", values);
    byte[] pixels = new byte[100 * values];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) stream.nextInt(256);
    }
    Examples examples = new Examples(pixels, new byte[100], new ImageShape(1, values, 1));
    int[] indices = stream.permutation(100);
    int[] positions = stream.permutation(100);
    PixelLanes all = new PixelLanes(values, lanes);
    Split split = new Split(examples, indices);
    all.gather(split, stream.permutation(100), lanes);
    all.gather(split, positions, count);
    for (int v = 0; v < values; v++) {
      for (int e = 0; e < lanes; e++) {
        byte expected = e < count ? pixels[indices[positions[e]] * values + v] : 0;
        assertEquals(expected, all.rows()[v * lanes + e]);
      }
    }
  }
}
