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

/** Stores the positions in the journal's logs up to which notifications were sent. Crash-safe. */
final class WebhookOffsets {

  private static final TypeReference<TreeMap<String, Long>> OFFSETS = new TypeReference<>() {};

  private final Path file;

  WebhookOffsets(StoreLayout store) {
    file = store.webhookOffsets();
  }

  /**
   * The last sequence number of each log; empty if nothing was stored yet.
   *
   * @throws DamagedStoreException if the file is damaged
   */
  Optional<SortedMap<String, Long>> read() {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), OFFSETS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw DamagedStoreException.webhookOffsets(file);
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
