package io.tombola.storage.lock;

import io.tombola.storage.StoreLayout;

/** Another process holds the store's lock. */
public final class StoreInUseException extends RuntimeException {

  /**
   * Reports that {@code holder} writes to {@code store}.
   *
   * @param holder who uses it, for people
   */
  public StoreInUseException(StoreLayout store, String holder) {
    this(store.root().toString(), holder);
  }

  /**
   * Reports that {@code holder} writes to {@code place}.
   *
   * @param place the store's directory, or its journal's address
   */
  public StoreInUseException(String place, String holder) {
    super(
        "expected a store that no other process writes to, found "
            + place
            + " in use by "
            + holder
            + "; stop that process or give another --store");
  }
}
