package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any data set in IDX files. */
class IdxDatasetTest {

  private static final byte[] GREY = DataFixtures.values(5 * 2 * 3);
  private static final byte[] TRAIN_LABELS = {1, 2, 3, 1, (byte) 200};

  @TempDir private Path dir;

  @BeforeEach
  void writeFiveGreyImagesToTrainOnAndTwoToTestOn() throws IOException {
    put("emnist-x-train-images-idx3-ubyte.gz", DataFixtures.idx(GREY, 5, 2, 3));
    put("emnist-x-train-labels-idx1-ubyte", DataFixtures.idx(TRAIN_LABELS, 5));
    put("emnist-x-test-images-idx3-ubyte", DataFixtures.idx(new byte[12], 2, 2, 3));
    put("emnist-x-test-labels-idx1-ubyte.gz", DataFixtures.idx(new byte[] {3, 1}, 2));
  }

  @Test
  void readsFilesWithAPrefixGzippedOrNot() throws Exception {
    Dataset data = DataFixtures.load("idx", dir);
    assertEquals(5, data.train().count());
    assertEquals(2, data.test().count());
    assertEquals(new ImageShape(2, 3, 1), data.shape());
    float[] third = new float[7];
    data.train().gather(2, third, 1);
    for (int i = 0; i < 6; i++) {
      assertEquals((GREY[12 + i] & 0xff) / 255f, third[1 + i]);
    }
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    all.update(DataFixtures.idx(GREY, 5, 2, 3));
    all.update(DataFixtures.idx(TRAIN_LABELS, 5));
    all.update(DataFixtures.idx(new byte[12], 2, 2, 3));
    all.update(DataFixtures.idx(new byte[] {3, 1}, 2));
    assertEquals(HexFormat.of().formatHex(all.digest()), data.contentHash());
  }

  @Test
  void classesGoUpToTheHighestLabelOfEitherPart() throws IOException {
    assertEquals(201, DataFixtures.load("idx", dir).classes());
    assertEquals(200, DataFixtures.load("idx", dir).train().label(4));
    put("emnist-x-test-labels-idx1-ubyte.gz", DataFixtures.idx(new byte[] {3, (byte) 255}, 2));
    assertEquals(256, DataFixtures.load("idx", dir).classes());
    assertEquals(
        new DataShape(new ImageShape(2, 3, 1), 256), Datasets.shape(DataFixtures.spec("idx", dir)));
  }

  @Test
  void theShapeIsKnownWithoutThePixels() throws IOException {
    byte[] images = DataFixtures.idx(GREY, 5, 2, 3);
    Files.delete(dir.resolve("emnist-x-train-images-idx3-ubyte.gz"));
    put("train-images-idx3-ubyte", Arrays.copyOf(images, 16));
    assertEquals(
        new DataShape(new ImageShape(2, 3, 1), 201), Datasets.shape(DataFixtures.spec("idx", dir)));
    assertOneLine("expected 30 values", "found 0 (truncated)");
  }

  @Test
  void filesOfRankFourHaveChannelsLast() throws IOException {
    byte[] coloured = DataFixtures.values(5 * 2 * 3 * 3);
    Files.delete(dir.resolve("emnist-x-train-images-idx3-ubyte.gz"));
    put("train-images-idx4-ubyte", DataFixtures.idx(coloured, 5, 2, 3, 3));
    put("emnist-x-test-images-idx3-ubyte", DataFixtures.idx(new byte[36], 2, 2, 3, 3));
    Dataset data = DataFixtures.load("idx", dir);
    assertEquals(new ImageShape(2, 3, 3), data.shape());
    assertEquals(new ImageShape(2, 3, 3), Datasets.shape(DataFixtures.spec("idx", dir)).image());
    float[] last = new float[18];
    data.train().gather(4, last, 0);
    float[] expected = new float[18];
    for (int i = 0; i < 18; i++) {
      expected[i] = (coloured[72 + i] & 0xff) / 255f;
    }
    assertArrayEquals(expected, last);
  }

  @Test
  void missingAndSuperfluousFilesAreNamed() throws IOException {
    put("train-images-idx3-ubyte", DataFixtures.idx(GREY, 5, 2, 3));
    assertOneLine(
        dir.toString(),
        "expected one file ending in train-images-idx3-ubyte",
        "found emnist-x-train-images-idx3-ubyte.gz and train-images-idx3-ubyte;");
    Files.delete(dir.resolve("emnist-x-test-labels-idx1-ubyte.gz"));
    Files.delete(dir.resolve("train-images-idx3-ubyte"));
    assertOneLine("expected one file ending in t10k-labels-idx1-ubyte", "found none");
  }

  @Test
  void countsThatDifferAreNamed() throws IOException {
    put("emnist-x-train-labels-idx1-ubyte", DataFixtures.idx(new byte[4], 4));
    assertOneLine("train-labels", "expected 5 labels", "found 4");
  }

  @Test
  void sizesThatDifferAreNamed() throws IOException {
    put("emnist-x-test-images-idx3-ubyte", DataFixtures.idx(new byte[12], 2, 3, 2));
    assertOneLine("test-images", "expected images of 2 x 3 x 1", "found 3 x 2 x 1");
  }

  @Test
  void noImagesAreNoDataSet() throws IOException {
    put("emnist-x-test-images-idx3-ubyte", DataFixtures.idx(new byte[0], 0, 2, 3));
    assertOneLine("test-images", "expected at least one image", "found 0 of 2 x 3 x 1");
  }

  private void put(String name, byte[] content) throws IOException {
    DataFixtures.write(dir, name, name.endsWith(".gz") ? DataFixtures.gzip(content) : content);
  }

  private void assertOneLine(String... parts) {
    DataFixtures.assertOneLine(() -> DataFixtures.load("idx", dir), parts);
  }
}
