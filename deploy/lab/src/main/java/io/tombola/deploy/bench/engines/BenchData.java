package io.tombola.deploy.bench.engines;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.DatasetSpec.Normalization;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Datasets;
import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.Seeds;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The data that networks train on in a benchmark: the requested data set if its images have the
 * network's shape, else random images, which are written to files as a data set's would be.
 * Confined to one thread.
 */
public final class BenchData {

  private static final int TEST_EXAMPLES = 1_000;

  private final Path directory;
  private final Optional<DatasetSpec> requested;
  private final DataSources sources;
  private final long seed;
  private final Map<ImageShape, DataSplits> splits = new HashMap<>();
  private final Map<ImageShape, RawImages> raw = new HashMap<>();

  /**
   * Creates no images yet.
   *
   * @param directory takes the generated images
   * @param requested used for the networks that fit it
   * @param sources where {@code requested} comes from
   * @param seed of the generated images
   */
  public BenchData(
      Path directory, Optional<DatasetSpec> requested, DataSources sources, long seed) {
    this.directory = directory;
    this.requested = requested;
    this.sources = sources;
    this.seed = seed;
  }

  /** A phrase that describes the data. */
  public String description() {
    return requested
        .map(data -> data.name() + ", and images of random numbers where that does not fit")
        .orElse("images of random numbers");
  }

  /** The splits for a network, with {@link BenchmarkNetwork#evaluated} validation examples. */
  public DataSplits splits(BenchmarkNetwork network) {
    int validation = network.evaluated();
    return splits.computeIfAbsent(
        network.architecture().input(),
        shape -> {
          DatasetSpec spec =
              sized(
                  fitting(shape).orElseGet(() -> generated(shape, network.trained() + validation)),
                  validation);
          return DataSplits.of(Datasets.load(spec, sources), spec, new Seeds(seed, 1));
        });
  }

  /** The training examples of {@link #splits}, as files for other programs. */
  RawImages raw(BenchmarkNetwork network) {
    return raw.computeIfAbsent(
        network.architecture().input(),
        shape -> RawImages.write(splits(network).train(), shape, directory));
  }

  /**
   * The data of a campaign of LeNet-300-100, as large as MNIST.
   *
   * @param train images for training and validation
   * @param validation of these, images for validation
   * @param test images for testing
   */
  public DatasetSpec campaign(int train, int validation, int test) {
    ImageShape shape = Networks.LENET_300_100.input();
    return fitting(shape)
        .map(data -> sized(data, validation))
        .orElseGet(
            () -> sized(grey(shape, "campaign-" + train + "-" + test, train, test), validation));
  }

  private Optional<DatasetSpec> fitting(ImageShape shape) {
    return requested.filter(data -> Datasets.shape(data).image().equals(shape));
  }

  private static DatasetSpec sized(DatasetSpec data, int validation) {
    return new DatasetSpec(
        data.name(),
        data.dir(),
        Normalization.NONE,
        validation,
        Optional.empty(),
        Optional.empty());
  }

  private DatasetSpec generated(ImageShape shape, int train) {
    return shape.channels() == 1 ? grey(shape, "grey", train, TEST_EXAMPLES) : colour(shape, train);
  }

  private DatasetSpec grey(ImageShape shape, String name, int train, int test) {
    Path folder = directory.resolve(name);
    images(folder.resolve("train-images-idx3-ubyte"), shape, train);
    labels(folder.resolve("train-labels-idx1-ubyte"), train);
    images(folder.resolve("t10k-images-idx3-ubyte"), shape, test);
    labels(folder.resolve("t10k-labels-idx1-ubyte"), test);
    return new DatasetSpec("idx", Optional.of(folder.toString()));
  }

  private void images(Path file, ImageShape shape, int count) {
    write(
        file,
        out -> {
          out.writeInt(0x0803);
          out.writeInt(count);
          out.writeInt(shape.height());
          out.writeInt(shape.width());
          random(out, file, (long) count * shape.values(), 256);
        });
  }

  private void labels(Path file, int count) {
    write(
        file,
        out -> {
          out.writeInt(0x0801);
          out.writeInt(count);
          random(out, file, count, Networks.LENET_300_100.outputs());
        });
  }

  private DatasetSpec colour(ImageShape shape, int train) {
    Path folder = directory.resolve("colour");
    records(folder.resolve("data_batch_1.bin"), shape, train);
    records(folder.resolve("test_batch.bin"), shape, TEST_EXAMPLES);
    return new DatasetSpec("cifar", Optional.of(folder.toString()));
  }

  private void records(Path file, ImageShape shape, int count) {
    SplittableRandom labels = new SplittableRandom(seed);
    write(
        file,
        out -> {
          byte[] pixels = new byte[shape.values()];
          SplittableRandom random = new SplittableRandom(seed + 1);
          for (int i = 0; i < count; i++) {
            out.writeByte(labels.nextInt(Networks.LENET_300_100.outputs()));
            random.nextBytes(pixels);
            out.write(pixels);
          }
        });
  }

  private void random(OutputStream out, Path file, long count, int bound) throws IOException {
    SplittableRandom random = new SplittableRandom(seed ^ file.getFileName().hashCode());
    byte[] bytes = new byte[(int) Math.min(count, 1 << 16)];
    for (long left = count; left > 0; left -= bytes.length) {
      random.nextBytes(bytes);
      if (bound < 256) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) ((bytes[i] & 0xff) % bound);
        }
      }
      out.write(bytes, 0, (int) Math.min(left, bytes.length));
    }
  }

  /** Writes the content of a file. */
  private interface Content {
    void to(DataOutputStream out) throws IOException;
  }

  private static void write(Path file, Content content) {
    try {
      Files.createDirectories(file.getParent());
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
        content.to(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
