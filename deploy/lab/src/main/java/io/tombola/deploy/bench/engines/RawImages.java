package io.tombola.deploy.bench.engines;

import io.tombola.training.data.ImageShape;
import io.tombola.training.data.PackedPixels;
import io.tombola.training.data.Split;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A split as two files of unsigned bytes without headers, for programs in other languages.
 *
 * @param pixels image after image; in each, row, column, channel
 * @param labels one for each image, in the same order
 */
public record RawImages(Path pixels, Path labels) {

  /** Writes a split to a directory that exists. */
  static RawImages write(Split split, ImageShape shape, Path directory) {
    String name = shape.toString().replaceAll("[^0-9]+", "-");
    RawImages files =
        new RawImages(
            directory.resolve("pixels-" + name + ".raw"),
            directory.resolve("labels-" + name + ".raw"));
    PackedPixels all = split.pixels();
    try (OutputStream pixels = open(files.pixels);
        OutputStream labels = open(files.labels)) {
      for (int position = 0; position < split.size(); position++) {
        for (int v = 0; v < shape.values(); v++) {
          pixels.write(all.pixel(split.index(position), v));
        }
        labels.write(split.label(position));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + files.pixels, e);
    }
    return files;
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }
}
