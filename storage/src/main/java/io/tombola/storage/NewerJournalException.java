package io.tombola.storage;

/** The journal's tables are of a later version of this program. */
public final class NewerJournalException extends RuntimeException {

  /** Reports the version that was found. */
  public NewerJournalException(int known, int found) {
    super(
        "expected a journal of version "
            + known
            + " or before, found version "
            + found
            + "; use the newer Tombola that wrote it, or give another --store");
  }
}
