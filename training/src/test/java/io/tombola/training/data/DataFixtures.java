package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.DatasetSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;

/** Small data sets that tests write. */
public final class DataFixtures {

  /** Neither a cache nor mirrors. */
  static final DataSources NO_SOURCES = new DataSources(Path.of("no-cache"), Map.of(), news -> {});

  private DataFixtures() {}

  /** All of a directory, two examples of it for validation. */
  static DatasetSpec spec(String name, Path dir) {
    return new DatasetSpec(
        name,
        Optional.of(dir.toString()),
        DatasetSpec.Normalization.NONE,
        2,
        Optional.empty(),
        Optional.empty());
  }

  static Dataset load(String name, Path dir) {
    return Datasets.load(spec(name, dir), NO_SOURCES);
  }

  /** An IDX file with these dimensions. */
  static byte[] idx(byte[] values, int... dimensions) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    file.putInt(0x800 | dimensions.length);
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    return file.put(values).array();
  }

  /** Values that all differ from their neighbours. */
  static byte[] values(int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (i * 7 + i / 256);
    }
    return values;
  }

  /** These examples of images, of class 0 all. */
  public static Split split(byte[] pixels, ImageShape shape, boolean normalized, int... indices) {
    Examples all = new Examples(pixels, new byte[pixels.length / shape.values()], shape);
    return new Split(normalized ? all.normalized(ChannelNormalization.over(all)) : all, indices);
  }

  /** A record of CIFAR's format: labels, then value {@code plane * 64 + row + column + first}. */
  static byte[] cifarRecord(int first, int... labels) {
    byte[] bytes = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    for (int i = 0; i < 3072; i++) {
      bytes[labels.length + i] = (byte) (i / 1024 * 64 + i % 1024 / 32 + i % 32 + first);
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  static void write(Path dir, String name, byte[] content) throws IOException {
    Files.write(dir.resolve(name), content);
  }

  static void assertOneLine(Executable action, String... parts) {
    BadDataException e = assertThrows(BadDataException.class, action);
    assertEquals(1, e.getMessage().lines().count());
    assertTrue(e.getMessage().contains("expected"), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }
}
