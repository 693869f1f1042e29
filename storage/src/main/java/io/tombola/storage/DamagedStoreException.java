package io.tombola.storage;

import java.nio.file.Path;

/** A small file of the store is not what was written. */
public final class DamagedStoreException extends RuntimeException {

  private DamagedStoreException(String message) {
    super(message);
  }

  /** The file of {@link StoreLayout#webhookOffsets} is damaged. */
  public static DamagedStoreException webhookOffsets(Path file) {
    return new DamagedStoreException(
        "damaged store: expected the sequence numbers of webhook notifications in "
            + file
            + ", found something else; delete it, and only later events cause notifications");
  }

  static DamagedStoreException id(Path file) {
    return new DamagedStoreException(
        "damaged store: expected the store's id in "
            + file
            + ", found something else; restore the file from a backup, or delete it, and results"
            + " are published once more, as those of another store");
  }
}
