package io.tombola.storage;

/** There is no store where one was expected. */
public final class NoStoreException extends RuntimeException {

  /** Reports that {@code store} has no journal. */
  public NoStoreException(StoreLayout store) {
    super(
        "expected a store at "
            + store.root()
            + ", found no journal there; start with 'tombola run' or give another --store");
  }
}
