package io.tombola.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A name for the store that no other store has, for the life of the store. */
public final class StoreId {

  private StoreId() {}

  /** Reads it; empty if the store was given none yet. */
  public static Optional<String> find(StoreLayout store) {
    return Files.exists(store.id()) ? Optional.of(read(store.id())) : Optional.empty();
  }

  /**
   * Reads it, or gives the store one; only for the holder of the {@link StoreLock}.
   *
   * @throws NoSpaceException if the disk is full
   */
  public static String of(StoreLayout store) {
    Path file = store.id();
    if (Files.notExists(file)) {
      DurableFiles.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    }
    return read(file);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
