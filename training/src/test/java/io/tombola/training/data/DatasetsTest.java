package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.TestCampaigns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final byte[] ONE_IMAGE = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 9, 9};

  @TempDir private Path dir;

  @Test
  void fashionMnistShipsInside() {
    Dataset data = TestCampaigns.fashionMnist();
    assertEquals(60_000, data.train().count());
    assertEquals(10_000, data.test().count());
    assertEquals(new ImageShape(28, 28, 1), data.shape());
    int[] perClass = new int[data.classes()];
    for (int i = 0; i < data.train().count(); i++) {
      perClass[data.train().label(i)]++;
    }
    assertTrue(Arrays.stream(perClass).allMatch(count -> count == 6_000));
    assertEquals(
        "14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214", data.contentHash());
  }

  @Test
  void pixelsBecomeFractionsOf255() {
    float[] values = new float[784];
    TestCampaigns.fashionMnist().train().gather(0, values, 0);
    float max = 0;
    for (float value : values) {
      assertTrue(value >= 0 && value <= 1);
      max = Math.max(max, value);
    }
    assertEquals(1f, max);
  }

  @Test
  void namesTheDataSetsItKnows() {
    DatasetSpec unknown = new DatasetSpec("cifar-1000", Optional.empty());
    String names = "fashion-mnist, mnist, cifar-10, idx, cifar, found 'cifar-1000'";
    assertOneLine(unknown, names);
    DataFixtures.assertOneLine(() -> Datasets.shape(unknown), names);
  }

  @Test
  void knowsTheShapesOfKnownNamesWithoutTheirFiles() {
    DataShape mnist = new DataShape(new ImageShape(28, 28, 1), 10);
    assertEquals(mnist, Datasets.shape(TestCampaigns.FASHION_MNIST));
    assertEquals(mnist, Datasets.shape(mnist(dir.resolve("nowhere"))));
    assertEquals(
        new DataShape(new ImageShape(32, 32, 3), 10),
        Datasets.shape(new DatasetSpec("cifar-10", Optional.empty())));
  }

  @Test
  void asksForTheDirectory() {
    assertOneLine(new DatasetSpec("idx", Optional.empty()), "dataset.dir", "found none");
    assertOneLine(new DatasetSpec("cifar", Optional.empty()), "dataset.dir", "found none");
  }

  @Test
  void reportsAMissingDirectory() {
    assertOneLine(mnist(dir.resolve("nowhere")), "nowhere", "found nothing");
  }

  @Test
  void reportsAFileForADirectory() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertOneLine(mnist(file), "found a file");
  }

  @Test
  void reportsAMissingFile() {
    assertOneLine(mnist(dir), TRAIN_IMAGES + ".gz", "found neither");
  }

  private void writeTheOtherFiles() throws IOException {
    for (String name : new String[] {"train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"}) {
      Files.write(dir.resolve(name + "-ubyte"), ONE_IMAGE);
    }
  }

  @Test
  void reportsATruncatedFile() throws IOException {
    writeTheOtherFiles();
    Files.write(dir.resolve(TRAIN_IMAGES), Arrays.copyOf(ONE_IMAGE, 17));
    assertOneLine(mnist(dir), TRAIN_IMAGES, "expected 2 values", "found 1 (truncated)");
  }

  @Test
  void reportsATruncatedGzipFile() throws IOException {
    byte[] packed = DataFixtures.gzip(ONE_IMAGE);
    writeTheOtherFiles();
    Files.write(dir.resolve(TRAIN_IMAGES + ".gz"), Arrays.copyOf(packed, packed.length - 9));
    assertOneLine(mnist(dir), TRAIN_IMAGES + ".gz", "truncated");
  }

  @Test
  void reportsWhatIsNoGzipFile() throws IOException {
    writeTheOtherFiles();
    Files.write(dir.resolve(TRAIN_IMAGES + ".gz"), ONE_IMAGE);
    assertOneLine(mnist(dir), TRAIN_IMAGES + ".gz", "gzip");
  }

  @Test
  void reportsAWrongHash() throws IOException {
    writeTheOtherFiles();
    Files.write(dir.resolve(TRAIN_IMAGES + ".gz"), DataFixtures.gzip(ONE_IMAGE));
    assertOneLine(
        mnist(dir),
        "SHA-256 ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "found ");
  }

  private static DatasetSpec mnist(Path dir) {
    return new DatasetSpec("mnist", Optional.of(dir.toString()));
  }

  private static void assertOneLine(DatasetSpec spec, String... parts) {
    DataFixtures.assertOneLine(() -> Datasets.load(spec, DataFixtures.NO_SOURCES), parts);
  }
}
