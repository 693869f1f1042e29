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
 * The file in a store through which a running process says what it does. Nobody needs it to go on:
 * it is put in place whole, but not forced to the disk, and a reader that finds none knows less.
 */
public final class HeartbeatFile {

  private final Path file;

  /** The file of {@code store}. */
  public HeartbeatFile(StoreLayout store) {
    file = store.live();
  }

  /** Puts {@code state} in the place of what is there. */
  public void write(Heartbeat state) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + "." + state.pid());
    try {
      Files.write(next, Json.MAPPER.writeValueAsBytes(state));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** Takes it away. */
  public void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** What it says, if it is there and sound; whether its process still lives is not asked. */
  public Optional<Heartbeat> read() throws IOException {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Heartbeat.class));
    } catch (NoSuchFileException | JsonProcessingException e) {
      // Rotten or none: nobody needs it.
      return Optional.empty();
    }
  }
}
