package io.tombola.actors.simulation;

import io.tombola.actors.DatasetCache;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.Datasets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A data set of 32 images of 2 x 2 pixels, in IDX files. */
final class TinyData {

  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int EDGE = 2;

  private TinyData() {}

  /** Writes the files. */
  static DatasetSpec write(Path folder) throws IOException {
    write(folder, "train", 24);
    write(folder, "t10k", 8);
    return new DatasetSpec(
        "idx",
        Optional.of(folder.toString()),
        DatasetSpec.Normalization.NONE,
        8,
        Optional.empty(),
        Optional.empty());
  }

  /** Loads them. */
  static DatasetCache datasets(Path folder) {
    return new DatasetCache(
        spec -> Datasets.load(spec, new DataSources(folder, Map.of(), news -> {})));
  }

  private static void write(Path folder, String part, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * EDGE * EDGE);
    images.putInt(IMAGES).putInt(count).putInt(EDGE).putInt(EDGE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(LABELS).putInt(count);
    for (int i = 0; i < count; i++) {
      images.put(new byte[] {(byte) i, (byte) (7 * i), (byte) (31 * i), (byte) (97 * i)});
      labels.put((byte) (i % 2));
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
