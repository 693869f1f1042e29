package io.tombola.training.data.fetch;

/** A download was cancelled; the partial file stays for the next attempt. */
public final class FetchStoppedException extends RuntimeException {

  FetchStoppedException() {
    super("interrupted while fetching data; run the same command again to resume");
  }
}
