package io.tombola.storage.lock;

import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Path;

/** Holds a store's lock until it is killed, or says that another process does. */
final class LockingProcess {

  private LockingProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (StoreLock lock = StoreLock.acquire(new StoreLayout(Path.of(arguments[0])))) {
      System.out.println("holds " + lock.store().root());
      while (System.in.read() >= 0) {
        // Waits for its end.
      }
    } catch (StoreInUseException e) {
      System.out.println("in use");
    }
  }
}
