package io.tombola.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.ChildJvm;
import io.tombola.storage.StoreLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreLockTest {

  @TempDir Path root;
  private StoreLayout store;

  @BeforeEach
  void createLayout() {
    store = new StoreLayout(root.resolve("store"));
  }

  @Test
  void namesTheProcessThatHoldsIt() throws Exception {
    try (ChildJvm child = ChildJvm.start(LockingProcess.class, store.root().toString())) {
      child.line();
      StoreInUseException refused =
          assertThrows(StoreInUseException.class, () -> StoreLock.acquire(store));
      assertTrue(refused.getMessage().contains("process " + child.pid() + " on "));
      assertTrue(refused.getMessage().contains(store.root().toString()));
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  @Test
  void isReleasedWhenItsHolderIsKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start(LockingProcess.class, store.root().toString())) {
      child.line();
      child.kill();
    }
    try (StoreLock lock = StoreLock.acquire(store)) {
      assertTrue(
          Files.readString(store.lock()).contains("process " + ProcessHandle.current().pid()));
    }
  }

  @Test
  void staysHeldWhenItsProcessTriesAgainAndReadsTheHolder() throws Exception {
    try (StoreLock lock = StoreLock.acquire(store)) {
      assertThrows(StoreInUseException.class, () -> StoreLock.acquire(store));
      assertTrue(LockHolder.find(store).isPresent());
      try (ChildJvm child = ChildJvm.start(LockingProcess.class, store.root().toString())) {
        assertEquals("in use", child.line());
      }
    }
  }

  @Test
  void canBeAcquiredAgainAfterItsRelease() {
    StoreLock first = StoreLock.acquire(store);
    first.close();
    first.close();
    try (StoreLock second = StoreLock.acquire(store)) {
      assertThrows(StoreInUseException.class, () -> StoreLock.acquire(store));
    }
    assertTrue(Files.exists(store.lock()), "deleting the file would let two processes lock it");
  }

  @Test
  void createsTheDirectoryOfANewStore() {
    assertFalse(Files.exists(store.root()));
    StoreLock.acquire(store).close();
    assertTrue(Files.isDirectory(store.root()));
  }
}
