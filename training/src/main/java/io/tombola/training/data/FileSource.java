package io.tombola.training.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Where a data set's files lie: beside these classes or in a user's directory. */
interface FileSource {

  /**
   * Reads a file, unpacked or as {@code name.gz}.
   *
   * @throws BadDataException if it is missing or cannot be read
   */
  FileContent read(String name);

  /** The files that ship inside. */
  static FileSource shipped(String dataset) {
    return name -> {
      String resource = dataset + "/" + name + ".gz";
      try (InputStream in = FileSource.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new BadDataException(
              resource + ": expected it inside the program, found nothing; install it again");
        }
        return new FileContent(resource, unpack(resource, in.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** The files of a user's directory. */
  static FileSource directory(String dataset, String dir) {
    Path directory;
    try {
      directory = Path.of(dir);
    } catch (InvalidPathException e) {
      throw new BadDataException(
          "dataset.dir: expected a directory, found '%s'; %s".formatted(dir, e.getReason()), e);
    }
    if (!Files.isDirectory(directory)) {
      throw new BadDataException(
          "%s: expected a directory with the original files of %s, found %s; correct dataset.dir"
              .formatted(directory, dataset, Files.exists(directory) ? "a file" : "nothing"));
    }
    return name -> readFrom(directory, name);
  }

  private static FileContent readFrom(Path directory, String name) {
    Path plain = directory.resolve(name);
    Path packed = directory.resolve(name + ".gz");
    try {
      if (Files.isRegularFile(packed)) {
        return new FileContent(
            packed.toString(), unpack(packed.toString(), Files.readAllBytes(packed)));
      }
      if (Files.isRegularFile(plain)) {
        return new FileContent(plain.toString(), Files.readAllBytes(plain));
      }
    } catch (IOException e) {
      throw new BadDataException(
          "%s: expected a readable file, found %s; check its permissions".formatted(packed, e), e);
    }
    throw new BadDataException(
        "%s: expected this file or %s beside it, found neither; put the original file there"
            .formatted(packed, name));
  }

  private static byte[] unpack(String file, byte[] gzip) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    } catch (EOFException e) {
      throw new BadDataException(
          "%s: expected a whole gzip file, found a truncated one of %d bytes; fetch it again"
              .formatted(file, gzip.length),
          e);
    } catch (ZipException e) {
      throw new BadDataException(
          "%s: expected a gzip file, found damage (%s); fetch it again"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
