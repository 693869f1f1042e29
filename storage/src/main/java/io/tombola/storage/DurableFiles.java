package io.tombola.storage;

import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes that survive a power failure: once a method returns, the content is on the disk; a crash
 * before that leaves the old content. Stateless and thread-safe.
 *
 * <p>Every method throws {@link NoSpaceException} when the disk or quota is full and {@link
 * UncheckedIOException} for any other failure.
 */
public final class DurableFiles {

  private DurableFiles() {}

  /** Replaces the content of {@code file}, whose directory exists. */
  public static void write(Path file, byte[] content) {
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try {
        writeAndSync(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        Failpoint.FILE_RENAMED.hit();
      } finally {
        Files.deleteIfExists(temporary);
      }
      sync(directoryOf(file));
      Failpoint.FILE_DURABLE.hit();
    } catch (IOException e) {
      throw explained(e, file);
    }
  }

  /** Creates {@code directory} and its missing parents. */
  public static void createDirectories(Path directory) {
    if (Files.isDirectory(directory)) {
      return;
    }
    try {
      Path parent = directoryOf(directory);
      createDirectories(parent);
      createDirectory(directory);
      sync(parent);
    } catch (IOException e) {
      throw explained(e, directory);
    }
  }

  /** The exception that reports a failure at {@code where} to the user. */
  public static RuntimeException explained(IOException e, Path where) {
    if (NoSpaceException.isMeantBy(ExceptionMessage.of(e))) {
      return new NoSpaceException(where, e);
    }
    if (e instanceof AccessDeniedException) {
      return new UncheckedIOException("expected to be allowed to write " + where, e);
    }
    return new UncheckedIOException("cannot write " + where + ": " + ExceptionMessage.of(e), e);
  }

  private static void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw new UncheckedIOException("expected a directory, found a file: " + directory, e);
      }
    }
  }

  private static void writeAndSync(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      Failpoint.FILE_WRITTEN.hit();
      channel.force(true);
      Failpoint.FILE_SYNCED.hit();
    }
  }

  private static Path directoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new NoSuchFileException(file.toString());
    }
    return directory;
  }

  private static void sync(Path directory) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      // Windows cannot open directories; NTFS journals the rename itself.
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
