package io.tombola.storage;

import java.nio.file.Path;

/** A small file of the store is not what was written. */
public final class DamagedStoreException extends RuntimeException {

  private DamagedStoreException(String message) {
    super(message);
  }

  /** {@code file} says how far somebody was told. */
  public static DamagedStoreException told(Path file) {
    return new DamagedStoreException(
        "damaged store: expected the numbers of events in "
            + file
            + ", found something else; delete it, and what is new from then on is told");
  }

  static DamagedStoreException id(Path file) {
    return new DamagedStoreException(
        "damaged store: expected the store's id in "
            + file
            + ", found something else; restore the file from a backup, or delete it, and results"
            + " are published once more, as those of another store");
  }
}
