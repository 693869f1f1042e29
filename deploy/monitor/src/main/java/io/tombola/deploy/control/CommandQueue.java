package io.tombola.deploy.control;

import io.tombola.protocol.json.Json;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The letters of a store, a file each, put in place whole. One is taken or withdrawn, never both.
 * Stateless; any process may use it at any time.
 */
final class CommandQueue {

  private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Clock clock;

  CommandQueue(StoreLayout store, Clock clock) {
    this.folder = store.orders();
    this.clock = clock;
  }

  /**
   * Puts a letter in.
   *
   * @return its file, to withdraw it by
   */
  Path put(QueuedCommand letter) throws IOException {
    DurableFiles.createDirectories(folder);
    // Names in the order in which letters are to be taken.
    Path file = folder.resolve("%019d-%s%s".formatted(clock.millis(), UUID.randomUUID(), SUFFIX));
    DurableFiles.write(file, Json.MAPPER.writeValueAsBytes(letter));
    return file;
  }

  /** Takes a letter back; false if somebody has it already. */
  boolean withdraw(Path letter) throws IOException {
    return Files.deleteIfExists(letter);
  }

  /** Takes every letter, the oldest first; what cannot be read goes. */
  List<QueuedCommand> take() throws IOException {
    List<QueuedCommand> letters = new ArrayList<>();
    for (Path file : files()) {
      Optional<QueuedCommand> letter = read(file);
      if (Files.deleteIfExists(file)) {
        letter.ifPresent(letters::add);
      }
    }
    return letters;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static Optional<QueuedCommand> read(Path file) {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), QueuedCommand.class));
    } catch (NoSuchFileException e) {
      // Withdrawn meanwhile.
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("passed over an order that cannot be read: {}", file, e);
      return Optional.empty();
    }
  }
}
