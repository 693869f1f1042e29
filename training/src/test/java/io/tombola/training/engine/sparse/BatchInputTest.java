package io.tombola.training.engine.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.training.data.DataFixtures;
import io.tombola.training.data.ImageShape;
import io.tombola.training.data.Split;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchInputTest {

  private static final int EXAMPLES = 100;

  @ParameterizedTest
  @CsvSource({
    "1, 1, false, 8, 64",
    "84, 1, false, 60, 64",
    "784, 1, false, 64, 64",
    "784, 1, true, 60, 64",
    "27, 3, false, 13, 128",
    "27, 3, true, 100, 128"
  })
  void lanesHaveWhatIsGatheredOfTheirExamples(
      int values, int channels, boolean normalized, int count, int width) {
    RandomStream stream = new Seeds(1, 1).stream("pixels", values);
    byte[] pixels = new byte[EXAMPLES * values];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) stream.nextInt(256);
    }
    ImageShape shape = new ImageShape(1, values / channels, channels);
    Split split = DataFixtures.split(pixels, shape, normalized, stream.permutation(EXAMPLES));
    int[] positions = stream.permutation(EXAMPLES);
    for (Kernels kernels : List.of(new ScalarKernels(), KernelSelector.open())) {
      LaneTensor image = new LaneTensor(shape, 1, width);
      BatchInput images = new BatchInput(kernels, image, split.pixelValues());
      images.gather(split, stream.permutation(EXAMPLES), Math.min(EXAMPLES, width));
      images.gather(split, positions, count);
      assertLanes(split, positions, count, image);
    }
  }

  private static void assertLanes(Split split, int[] positions, int count, LaneTensor image) {
    float[] expected = new float[image.shape().values()];
    for (int e = 0; e < image.width(); e++) {
      if (e < count) {
        split.gather(positions[e], expected, 0);
      }
      for (int v = 0; v < expected.length; v++) {
        float found = image.values()[image.starts()[v] + e];
        assertEquals(e < count ? expected[v] : 0, found, "value " + v + " of example " + e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"784, 64", "27, 64"})
  void valuesWithoutARowAreLeftOut(int values, int width) {
    ImageShape shape = new ImageShape(1, values, 1);
    byte[] pixels = new byte[values * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7);
    }
    int[] all = new Seeds(1, 1).stream("positions").permutation(width);
    Split split = DataFixtures.split(pixels, shape, false, all);
    for (Kernels kernels : List.of(new ScalarKernels(), KernelSelector.open())) {
      LaneTensor image = new LaneTensor(shape, new int[] {2, values - 1}, width);
      new BatchInput(kernels, image, split.pixelValues()).gather(split, all, width);
      for (int e = 0; e < width; e++) {
        float[] expected = new float[values];
        split.gather(all[e], expected, 0);
        assertEquals(expected[2], image.values()[Lanes.START + e]);
        assertEquals(expected[values - 1], image.values()[Lanes.START + width + e]);
      }
    }
  }
}
