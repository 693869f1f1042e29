package io.tombola.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The stored address of a journal outside of the store. Stateless and thread-safe. */
public final class StoredJournalAddress {

  @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
  private record Content(
      Optional<String> url, Optional<String> user, Optional<String> passwordFile) {}

  private StoredJournalAddress() {}

  /**
   * The address that was stored; empty if the journal is inside the store.
   *
   * @throws DamagedJournalException if the file holds no address
   */
  public static Optional<JournalAddress> find(StoreLayout store) {
    Path file = store.journalAddress();
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      Content content = Json.MAPPER.readValue(Files.readAllBytes(file), Content.class);
      return Optional.of(
          new JournalAddress(
                  content.url().orElse(""), content.user(), content.passwordFile().map(Path::of))
              .checked());
    } catch (JsonProcessingException e) {
      throw new DamagedJournalException(file + ": expected an address as JSON, found none", e);
    } catch (BadJournalAddressException e) {
      throw new DamagedJournalException(file + ": " + ExceptionMessage.of(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + ExceptionMessage.of(e), e);
    }
  }

  /** Stores {@code address} durably; only for the holder of the store's lock. */
  public static void write(StoreLayout store, JournalAddress address) {
    Content content =
        new Content(
            Optional.of(address.url()), address.user(), address.passwordFile().map(Path::toString));
    DurableFiles.write(
        store.journalAddress(), Json.indented(content).getBytes(StandardCharsets.UTF_8));
  }
}
