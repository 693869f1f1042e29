package io.tombola.storage;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.text.ExceptionMessage;
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
 * The unique id of a store, a UUID that never changes. Its file holds the id and, in a second line,
 * the hash of the id, which files of versions before 0.3 lack.
 */
public final class StoreId {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private StoreId() {}

  /**
   * Reads the id; empty if the store has none yet.
   *
   * @throws DamagedStoreException if it is not what was written
   */
  public static Optional<String> find(StoreLayout store) {
    return Files.exists(store.id()) ? Optional.of(id(store.id())) : Optional.empty();
  }

  /**
   * Reads the id, or creates one; only for the holder of the store's lock.
   *
   * @throws DamagedStoreException if it is not what was written
   * @throws NoSpaceException if the disk is full
   */
  public static String of(StoreLayout store) {
    Path file = store.id();
    String id = find(store).orElseGet(() -> UUID.randomUUID().toString());
    if (Files.notExists(file) || !text(file).equals(withHash(id))) {
      DurableFiles.write(file, withHash(id).getBytes(StandardCharsets.UTF_8));
    }
    return id;
  }

  private static String id(Path file) {
    String text = text(file);
    List<String> lines = text.lines().toList();
    String id = lines.isEmpty() ? "" : lines.get(0);
    boolean whole = text.equals(withHash(id)) || text.strip().equals(id);
    if (!whole || !ID.matcher(id).matches()) {
      throw DamagedStoreException.id(file);
    }
    return id;
  }

  private static String withHash(String id) {
    return id + "\n" + ArtifactRef.of(id.getBytes(StandardCharsets.UTF_8)) + "\n";
  }

  // A damaged file may hold any bytes.
  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + ExceptionMessage.of(e), e);
    }
  }
}
