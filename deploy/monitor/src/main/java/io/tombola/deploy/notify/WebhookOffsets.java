package io.tombola.deploy.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.tombola.protocol.json.Json;
import io.tombola.storage.DamagedStoreException;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far in each log of a store somebody was told of what it holds; survives every crash. */
final class WebhookOffsets {

  private static final TypeReference<TreeMap<String, Long>> POSITIONS = new TypeReference<>() {};

  private final Path file;

  WebhookOffsets(StoreLayout store) {
    file = store.told();
  }

  /**
   * The last event's number by log; empty if nobody was ever told of anything.
   *
   * @throws DamagedStoreException if it is not what was written
   */
  Optional<SortedMap<String, Long>> read() {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), POSITIONS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw DamagedStoreException.told(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  void write(Map<String, Long> positions) {
    try {
      DurableFiles.write(file, Json.MAPPER.writeValueAsBytes(positions));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
