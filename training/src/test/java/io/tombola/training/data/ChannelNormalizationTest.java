package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.spec.DatasetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelNormalizationTest {

  private static final int IMAGES = 4;

  @TempDir private Path dir;

  @BeforeEach
  void writeCifarFiles() throws IOException {
    byte[] train = new byte[0];
    for (int image = 0; image < IMAGES; image++) {
      train = DataFixtures.join(train, DataFixtures.cifarRecord(image * image, image));
    }
    DataFixtures.write(dir, "train.bin", train);
    DataFixtures.write(dir, "test.bin", DataFixtures.cifarRecord(100, 1));
  }

  @Test
  void trainingFilesGetMeanZeroAndDeviationOneInEachChannel() {
    Dataset data = normalized("cifar");
    float[] values = new float[3072];
    double[] sums = new double[3];
    double[] squares = new double[3];
    for (int image = 0; image < IMAGES; image++) {
      data.train().gather(image, values, 0);
      for (int i = 0; i < values.length; i++) {
        sums[i % 3] += values[i];
        squares[i % 3] += (double) values[i] * values[i];
      }
    }
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(0, sums[channel] / IMAGES / 1024, 1e-6);
      assertEquals(1, squares[channel] / IMAGES / 1024, 1e-6);
    }
  }

  @Test
  void testFilesGetTheNumbersOfTheTrainingFiles() {
    Dataset data = normalized("cifar");
    Dataset plain = DataFixtures.load("cifar", dir);
    float[] expected = new float[3072];
    float[] found = new float[3072];
    plain.test().gather(0, expected, 0);
    data.test().gather(0, found, 0);
    for (int i = 0; i < 3072; i++) {
      ChannelNormalization.Channel channel = data.normalization().channels().get(i % 3);
      assertEquals((expected[i] - channel.mean()) / channel.deviation(), found[i], 1e-5);
    }
    assertEquals(plain.contentHash(), data.contentHash());
  }

  @Test
  void theNumbersAreThoseOfTheDefinition() throws IOException {
    DataFixtures.write(dir, "train-images-idx3-ubyte", DataFixtures.idx(pixels(), 3, 1, 2));
    DataFixtures.write(dir, "train-labels-idx1-ubyte", DataFixtures.idx(new byte[3], 3));
    DataFixtures.write(dir, "t10k-images-idx3-ubyte", DataFixtures.idx(new byte[2], 1, 1, 2));
    DataFixtures.write(dir, "t10k-labels-idx1-ubyte", DataFixtures.idx(new byte[1], 1));
    // Half of the pixels are 0 and half 255: mean and deviation are one half.
    assertEquals("mean 0.5, deviation 0.5", normalized("idx").normalization().toString());
    assertEquals("none", DataFixtures.load("idx", dir).normalization().toString());
  }

  @Test
  void aChannelWithoutAnyDifferenceBecomesZero() throws IOException {
    DataFixtures.write(dir, "train.bin", new byte[3 * 3073]);
    Dataset data = normalized("cifar");
    float[] values = new float[3072];
    data.train().gather(1, values, 0);
    for (float value : values) {
      assertEquals(0f, value);
    }
  }

  private static byte[] pixels() {
    return new byte[] {0, (byte) 255, 0, 0, (byte) 255, (byte) 255};
  }

  private Dataset normalized(String name) {
    return Datasets.load(
        new DatasetSpec(
            name,
            Optional.of(dir.toString()),
            DatasetSpec.Normalization.PER_CHANNEL,
            2,
            Optional.empty(),
            Optional.empty()),
        DataFixtures.NO_SOURCES);
  }
}
