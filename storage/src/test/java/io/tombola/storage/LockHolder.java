package io.tombola.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Holds a store's lock until it is killed. */
final class LockHolder {

  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (StoreLock lock = StoreLock.acquire(new StoreLayout(Path.of(arguments[0])))) {
      System.out.println("holds " + lock.store().root());
      while (System.in.read() >= 0) {
        // Waits for its end.
      }
    }
  }
}
