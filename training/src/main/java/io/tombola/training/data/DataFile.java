package io.tombola.training.data;

import io.tombola.protocol.text.ExceptionMessage;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of a data set, beside these classes or on disk; read unpacked if its name ends in .gz. */
final class DataFile {

  private static final int BUFFER = 1 << 16;

  /** Opens the file as it lies there. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  /** Takes what it needs from the unpacked content. */
  @FunctionalInterface
  interface Content<T> {
    T from(InputStream unpacked) throws IOException;
  }

  private final String name;
  private final Source source;

  private DataFile(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  static DataFile at(Path path) {
    return new DataFile(path.toString(), () -> Files.newInputStream(path));
  }

  /** A file that ships inside, by its name relative to this package. */
  static DataFile shipped(String resource) {
    return new DataFile(
        resource,
        () -> {
          InputStream in = DataFile.class.getResourceAsStream(resource);
          if (in == null) {
            throw new BadDataException(
                resource + ": expected it inside the program, found nothing; install it again");
          }
          return in;
        });
  }

  /** What to call the file in errors. */
  String name() {
    return name;
  }

  /**
   * Reads the file.
   *
   * @throws BadDataException if it cannot be read or is no whole gzip file
   */
  <T> T read(Content<T> content) {
    try (InputStream in = new BufferedInputStream(source.open(), BUFFER)) {
      return content.from(name.endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in);
    } catch (EOFException e) {
      throw new BadDataException(
          name + ": expected a whole file, found a truncated one; fetch it again", e);
    } catch (ZipException e) {
      throw new BadDataException(
          "%s: expected a gzip file, found damage (%s); fetch it again"
              .formatted(name, ExceptionMessage.of(e)),
          e);
    } catch (IOException e) {
      throw new BadDataException(
          "%s: expected a readable file, found %s; check its permissions"
              .formatted(name, ExceptionMessage.of(e)),
          e);
    }
  }
}
