package io.tombola.deploy.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.protocol.json.Json;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The heartbeat file of a store. It is replaced atomically but not forced to disk: it serves
 * display only, and losing it has no effect on a campaign. Thread-safe for readers; one process
 * writes.
 */
public final class HeartbeatFile {

  private final Path file;

  /** The heartbeat file of {@code store}. */
  public HeartbeatFile(StoreLayout store) {
    file = store.heartbeat();
  }

  /** Replaces the file. */
  public void write(Heartbeat heartbeat) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + "." + heartbeat.pid());
    try {
      Files.write(next, Json.MAPPER.writeValueAsBytes(heartbeat));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** Deletes the file. */
  public void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The latest heartbeat, if the file is present and valid; its process may have ended. */
  public Optional<Heartbeat> read() throws IOException {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Heartbeat.class));
    } catch (NoSuchFileException | JsonProcessingException e) {
      // A damaged file is treated as a missing one.
      return Optional.empty();
    }
  }
}
