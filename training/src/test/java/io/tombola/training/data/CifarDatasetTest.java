package io.tombola.training.data;

import static io.tombola.training.data.DataFixtures.cifarRecord;
import static io.tombola.training.data.DataFixtures.join;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets in CIFAR's binary format. */
class CifarDatasetTest {

  @TempDir private Path dir;

  @Test
  void planesBecomeTheChannelsOfEachPixel() throws IOException {
    writeBatches();
    float[] values = new float[3072];
    DataFixtures.load("cifar", dir).train().gather(0, values, 0);
    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        for (int channel = 0; channel < 3; channel++) {
          assertEquals(
              (channel * 64 + row + column + 1) / 255f, values[(row * 32 + column) * 3 + channel]);
        }
      }
    }
  }

  @Test
  void batchesAreReadInNumericOrder() throws Exception {
    writeBatches();
    Dataset data = DataFixtures.load("cifar", dir);
    assertEquals("[3, 1, 2, 0]", labels(data.train()));
    assertEquals("[5]", labels(data.test()));
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (String name :
        new String[] {
          "data_batch_1.bin", "data_batch_2.bin", "data_batch_10.bin", "test_batch.bin"
        }) {
      all.update(Files.readAllBytes(dir.resolve(name)));
    }
    assertEquals(HexFormat.of().formatHex(all.digest()), data.contentHash());
  }

  @Test
  void classesGoUpToTheHighestLabelOfEitherPart() throws IOException {
    writeBatches();
    assertEquals(6, DataFixtures.load("cifar", dir).classes());
    assertEquals(
        new DataShape(new ImageShape(32, 32, 3), 6),
        Datasets.shape(DataFixtures.spec("cifar", dir)));
  }

  @Test
  void theFinerOfTwoLabelsCounts() throws IOException {
    put("train.bin", cifarRecord(0, 19, 99), cifarRecord(2, 4, 7), cifarRecord(5, 0, 1));
    put("test.bin", cifarRecord(9, 17, 3));
    Dataset data = DataFixtures.load("cifar", dir);
    assertEquals("[99, 7, 1]", labels(data.train()));
    assertEquals(100, data.classes());
    assertEquals(100, Datasets.shape(DataFixtures.spec("cifar", dir)).classes());
    float[] second = new float[3072];
    data.train().gather(1, second, 0);
    assertEquals(2 / 255f, second[0]);
    assertEquals(66 / 255f, second[1]);
  }

  @Test
  void truncationIsNamed() throws IOException {
    writeBatches();
    put("data_batch_2.bin", new byte[3000]);
    assertOneLine("data_batch_2.bin: expected records of 3073 bytes, found 3000 bytes");
    put("data_batch_1.bin", new byte[3000]);
    assertOneLine("data_batch_1.bin: expected records of 3073 or 3074 bytes, found 3000 bytes");
    put("data_batch_1.bin");
    assertOneLine("data_batch_1.bin", "found 0 bytes");
  }

  @Test
  void aLabelOrTwoMustBeTheSameInAllFiles() throws IOException {
    writeBatches();
    put("test_batch.bin", cifarRecord(0, 1, 2));
    assertOneLine("test_batch.bin: expected records of 3073 bytes, found 3074 bytes");
  }

  @Test
  void missingAndSuperfluousFilesAreNamed() throws IOException {
    assertOneLine("expected either train.bin or data_batch_1.bin", "found neither");
    writeBatches();
    put("test.bin", cifarRecord(0, 1));
    assertOneLine("expected either test.bin or test_batch.bin", "found both");
  }

  @Test
  void cifar10MustHaveItsOriginalFiles() throws IOException {
    assertOneLine10("data_batch_1.bin", "found none");
    writeBatches();
    for (int batch = 1; batch <= 5; batch++) {
      put("data_batch_" + batch + ".bin", cifarRecord(0, 1));
    }
    assertOneLine10("data_batch_1.bin", "expected 30730000 bytes", "found 3073 bytes");
  }

  @Test
  void cifar10MustHaveTenClasses() throws IOException {
    for (String name : CifarFiles.originalNames()) {
      try (RandomAccessFile file = new RandomAccessFile(dir.resolve(name).toFile(), "rw")) {
        file.write(cifarRecord(0, name.equals("data_batch_5.bin") ? 10 : 9));
        file.setLength(30_730_000);
      }
    }
    assertOneLine10("cifar-10", "expected labels from 0 to 9", "found up to 10");
    try (RandomAccessFile file =
        new RandomAccessFile(dir.resolve("data_batch_5.bin").toFile(), "rw")) {
      file.write(9);
    }
    Dataset data = DataFixtures.load("cifar-10", dir);
    assertEquals(50_000, data.train().count());
    assertEquals(10_000, data.test().count());
    assertEquals(10, data.classes());
    assertEquals(9, data.train().label(40_000));
    assertEquals(0, data.train().label(40_001));
  }

  /** Two examples in the first file, one in the others. */
  private void writeBatches() throws IOException {
    put("data_batch_10.bin", cifarRecord(4, 0));
    put("data_batch_2.bin", cifarRecord(3, 2));
    put("data_batch_1.bin", cifarRecord(1, 3), cifarRecord(2, 1));
    put("test_batch.bin", cifarRecord(5, 5));
  }

  private void put(String name, byte[]... records) throws IOException {
    DataFixtures.write(dir, name, join(records));
  }

  private static String labels(Examples examples) {
    return IntStream.range(0, examples.count()).map(examples::label).boxed().toList().toString();
  }

  private void assertOneLine(String... parts) {
    DataFixtures.assertOneLine(() -> DataFixtures.load("cifar", dir), parts);
  }

  private void assertOneLine10(String... parts) {
    DataFixtures.assertOneLine(() -> DataFixtures.load("cifar-10", dir), parts);
  }
}
