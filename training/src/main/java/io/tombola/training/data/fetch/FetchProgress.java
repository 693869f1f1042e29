package io.tombola.training.data.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;

/** News of files on their way. */
public sealed interface FetchProgress {

  /** A mirror begins to send; {@code bytes} are there from before. */
  record Began(URI from, long bytes) implements FetchProgress {}

  /** Bytes have arrived; {@code total} is empty if the mirror does not say. */
  record Advanced(URI from, long bytes, OptionalLong total) implements FetchProgress {}

  /** The file is there and is what it should be. */
  record Ended(URI from, long bytes) implements FetchProgress {}

  /** A mirror was no help, whether it began or not; the next one is asked, if there is one. */
  record Failed(URI from, String reason) implements FetchProgress {}

  /** Another process fetches into the same folder. */
  record Waiting(Path folder) implements FetchProgress {}
}
