package io.tombola.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A name for the store that no other store has, for the life of the store. */
public final class StoreId {

  private StoreId() {}

  /**
   * Reads it, or gives the store one; only for the holder of the {@link StoreLock}.
   *
   * @throws NoSpaceException if the disk is full
   */
  public static String of(StoreLayout store) {
    Path file = store.id();
    try {
      if (Files.notExists(file)) {
        DurableFiles.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
