package io.tombola.training.data.fetch;

/** Fetching was stopped from outside; what has arrived stays for the next time. */
public final class FetchStoppedException extends RuntimeException {

  FetchStoppedException() {
    super("interrupted while fetching data; run the same command again to go on");
  }
}
