package io.tombola.storage;

/** The journal's address cannot be used; nothing was written there. */
public final class BadJournalAddressException extends RuntimeException {

  /** Reports it in one line, which holds no password. */
  public BadJournalAddressException(String line) {
    super(line);
  }
}
