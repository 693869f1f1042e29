package io.tombola.storage;

/** Another process writes to the store. */
public final class StoreInUseException extends RuntimeException {

  StoreInUseException(StoreLayout store, String holder) {
    super(
        "expected a store that nobody writes to, found "
            + store.root()
            + " in use by "
            + holder
            + "; stop that process or give another --store");
  }
}
