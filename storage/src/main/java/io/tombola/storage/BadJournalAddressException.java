package io.tombola.storage;

/** A journal cannot be where it was said to be; nothing was written there. */
public final class BadJournalAddressException extends RuntimeException {

  /** Reports it in one line, which holds no password. */
  public BadJournalAddressException(String line) {
    super(line);
  }
}
