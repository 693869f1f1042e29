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
 * The queued commands of a store, one file each, written atomically. A command is either taken or
 * withdrawn, never both. Stateless; safe for use by several processes.
 */
final class CommandQueue {

  private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Clock clock;

  CommandQueue(StoreLayout store, Clock clock) {
    this.folder = store.commands();
    this.clock = clock;
  }

  /**
   * Adds a command.
   *
   * @return its file, for {@link #withdraw}
   */
  Path put(QueuedCommand command) throws IOException {
    DurableFiles.createDirectories(folder);
    // File names sort in the order in which commands are taken.
    Path file = folder.resolve("%019d-%s%s".formatted(clock.millis(), UUID.randomUUID(), SUFFIX));
    DurableFiles.write(file, Json.MAPPER.writeValueAsBytes(command));
    return file;
  }

  /** Removes a command; false if a process has already taken it. */
  boolean withdraw(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Takes all commands, oldest first; deletes files that cannot be read. */
  List<QueuedCommand> take() throws IOException {
    List<QueuedCommand> commands = new ArrayList<>();
    for (Path file : files()) {
      Optional<QueuedCommand> command = read(file);
      if (Files.deleteIfExists(file)) {
        command.ifPresent(commands::add);
      }
    }
    return commands;
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
      // The sender has withdrawn it.
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("ignored a command file that cannot be read: {}", file, e);
      return Optional.empty();
    }
  }
}
