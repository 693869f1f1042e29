package io.tombola.training.data.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Progress of downloads. */
public sealed interface FetchProgress {

  /** A mirror begins to send; {@code bytes} were downloaded before. */
  record Began(URI from, long bytes) implements FetchProgress {}

  /** Bytes have arrived; {@code total} is empty if the mirror does not announce it. */
  record Advanced(URI from, long bytes, OptionalLong total) implements FetchProgress {}

  /** The file is complete and its content is checked. */
  record Ended(URI from, long bytes) implements FetchProgress {}

  /** A mirror failed, before or while it sent; the next mirror is tried, if there is one. */
  record Failed(URI from, String reason) implements FetchProgress {}

  /** Another process fetches into the same folder. */
  record Waiting(Path folder) implements FetchProgress {}
}
