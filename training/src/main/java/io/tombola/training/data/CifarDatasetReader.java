package io.tombola.training.data;

import io.tombola.protocol.hash.Sha256;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;

/** Reads a data set in CIFAR's binary format; needs little more memory than the pixels take. */
final class CifarDatasetReader implements DatasetReader {

  private static final int VALUES = CifarFiles.IMAGE.values();
  private static final int PLANE = CifarFiles.IMAGE.height() * CifarFiles.IMAGE.width();
  private static final int CHANNELS = CifarFiles.IMAGE.channels();

  private final CifarFiles files;

  CifarDatasetReader(CifarFiles files) {
    this.files = files;
  }

  /** The images and labels of one part of the data set, filled file by file. */
  private static final class Part {
    final byte[] pixels;
    final byte[] labels;
    private int filled;

    Part(long records) {
      pixels = new byte[Math.toIntExact(records * VALUES)];
      labels = new byte[(int) records];
    }

    /** Takes a record over, planes becoming channels of each pixel. */
    void add(byte[] bytes) {
      int start = bytes.length - VALUES;
      int to = filled * VALUES;
      for (int pixel = 0; pixel < PLANE; pixel++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          pixels[to++] = bytes[start + channel * PLANE + pixel];
        }
      }
      labels[filled++] = bytes[start - 1];
    }

    Examples examples() {
      return new Examples(pixels, labels, CifarFiles.IMAGE);
    }
  }

  @Override
  public Dataset read() {
    MessageDigest all = Sha256.digest();
    Part train = read(files.train(), all);
    Part test = read(List.of(files.test()), all);
    return new Dataset(
        files.dataset(),
        train.examples(),
        test.examples(),
        Labels.classes(train.labels, test.labels),
        CifarFiles.IMAGE,
        Sha256.hex(all));
  }

  @Override
  public DataShape shape() {
    int classes = 0;
    for (Path file : files.train()) {
      classes = Math.max(classes, classes(file));
    }
    return new DataShape(CifarFiles.IMAGE, Math.max(classes, classes(files.test())));
  }

  private Part read(List<Path> parts, MessageDigest all) {
    long records = parts.stream().mapToLong(files::records).sum();
    if (records * VALUES > Integer.MAX_VALUE - 8) {
      throw new BadDataException(
          "%s: expected at most %d images in training and in test files, found %d; use fewer files"
              .formatted(parts.get(0).getParent(), (Integer.MAX_VALUE - 8) / VALUES, records));
    }
    Part part = new Part(records);
    for (Path path : parts) {
      DataFile file = DataFile.at(path);
      int expected = files.records(path);
      int found = file.read(in -> fill(part, new DigestInputStream(in, all), expected));
      if (found < expected) {
        throw new BadDataException(
            "%s: expected %d records, found %d (truncated); put the whole file there"
                .formatted(path, expected, found));
      }
    }
    return part;
  }

  private int fill(Part part, InputStream in, int records) throws IOException {
    byte[] bytes = new byte[files.recordBytes()];
    for (int i = 0; i < records; i++) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        return i;
      }
      part.add(bytes);
    }
    return records;
  }

  private int classes(Path file) {
    ByteBuffer label = ByteBuffer.allocate(1);
    int highest = 0;
    try (FileChannel channel = FileChannel.open(file)) {
      int records = files.records(file);
      for (long i = 0; i < records; i++) {
        label.clear();
        if (channel.read(label, (i + 1) * files.recordBytes() - VALUES - 1) == 1) {
          highest = Math.max(highest, label.get(0) & 0xff);
        }
      }
    } catch (IOException e) {
      throw new BadDataException(
          "%s: expected a readable file, found %s; check its permissions"
              .formatted(file, ExceptionMessage.of(e)),
          e);
    }
    return highest + 1;
  }
}
