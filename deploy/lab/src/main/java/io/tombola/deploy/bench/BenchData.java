package io.tombola.deploy.bench;

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
 * What the networks of a bench train on: a data set that was asked for where it fits, else random
 * images of the right shape, written in the formats that are read.
 */
final class BenchData {

  private static final int TEST = 1_000;

  private final Path directory;
  private final Optional<DatasetSpec> asked;
  private final DataSources sources;
  private final long seed;
  private final Map<ImageShape, DataSplits> splits = new HashMap<>();
  private final Map<ImageShape, RawImages> raw = new HashMap<>();

  /**
   * Data.
   *
   * @param directory takes the images that are made
   * @param asked used for the networks that fit it
   */
  BenchData(Path directory, Optional<DatasetSpec> asked, DataSources sources, long seed) {
    this.directory = directory;
    this.asked = asked;
    this.sources = sources;
    this.seed = seed;
  }

  /** What is trained on, in words. */
  String description() {
    return asked
        .map(data -> data.name() + ", and images of random numbers where that does not fit")
        .orElse("images of random numbers");
  }

  /** Examples for a network, with {@link BenchmarkNetwork#evaluated} to be evaluated on. */
  DataSplits splits(BenchmarkNetwork workload) {
    int validation = workload.evaluated();
    return splits.computeIfAbsent(
        workload.network().input(),
        shape -> {
          DatasetSpec spec =
              sized(
                  fitting(shape).orElseGet(() -> made(shape, workload.trained() + validation)),
                  validation);
          return DataSplits.of(Datasets.load(spec, sources), spec, new Seeds(seed, 1));
        });
  }

  /** The examples that {@link #splits} trains a network on, for other programs. */
  RawImages raw(BenchmarkNetwork workload) {
    return raw.computeIfAbsent(
        workload.network().input(),
        shape -> RawImages.write(splits(workload).train(), shape, directory));
  }

  /**
   * What a campaign of LeNet-300-100 trains on, as large as MNIST.
   *
   * @param train images to train and validate on
   * @param validation of them to validate on
   * @param test images to test on
   */
  DatasetSpec campaign(int train, int validation, int test) {
    ImageShape shape = Networks.LENET_300_100.input();
    return fitting(shape)
        .map(data -> sized(data, validation))
        .orElseGet(
            () -> sized(grey(shape, "campaign-" + train + "-" + test, train, test), validation));
  }

  private Optional<DatasetSpec> fitting(ImageShape shape) {
    return asked.filter(data -> Datasets.shape(data).image().equals(shape));
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

  private DatasetSpec made(ImageShape shape, int train) {
    return shape.channels() == 1 ? grey(shape, "grey", train, TEST) : colour(shape, train);
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
    records(folder.resolve("test_batch.bin"), shape, TEST);
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

  /** Writes to a file. */
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
