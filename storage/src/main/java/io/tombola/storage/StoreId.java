package io.tombola.storage;

import io.tombola.protocol.ArtifactRef;
import io.tombola.storage.lock.StoreLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A name for the store that no other store has, for the life of the store. Its file holds it and,
 * in a second line, its hash, which those of versions before 0.3 lack.
 */
public final class StoreId {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private StoreId() {}

  /**
   * Reads it; empty if the store was given none yet.
   *
   * @throws DamagedStoreException if it is not what was written
   */
  public static Optional<String> find(StoreLayout store) {
    return Files.exists(store.id()) ? Optional.of(id(store.id())) : Optional.empty();
  }

  /**
   * Reads it, or gives the store one; only for the holder of the {@link StoreLock}.
   *
   * @throws DamagedStoreException if it is not what was written
   * @throws NoSpaceException if the disk is full
   */
  public static String of(StoreLayout store) {
    Path file = store.id();
    String id = find(store).orElseGet(() -> UUID.randomUUID().toString());
    if (Files.notExists(file) || !text(file).equals(sealed(id))) {
      DurableFiles.write(file, sealed(id).getBytes(StandardCharsets.UTF_8));
    }
    return id;
  }

  private static String id(Path file) {
    String text = text(file);
    List<String> lines = text.lines().toList();
    String id = lines.isEmpty() ? "" : lines.get(0);
    boolean whole = text.equals(sealed(id)) || text.strip().equals(id);
    if (!whole || !ID.matcher(id).matches()) {
      throw DamagedStoreException.id(file);
    }
    return id;
  }

  private static String sealed(String id) {
    return id + "\n" + ArtifactRef.of(id.getBytes(StandardCharsets.UTF_8)) + "\n";
  }

  // A damaged file may hold any bytes.
  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
