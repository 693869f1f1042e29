package io.tombola.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockHolderTest {

  @TempDir Path dir;
  private StoreLayout store;

  @BeforeEach
  void createLayout() {
    store = new StoreLayout(dir);
  }

  @Test
  void namesTheHolderUntilTheLockIsReleased() {
    assertEquals(Optional.empty(), LockHolder.find(store));
    try (StoreLock lock = StoreLock.acquire(store)) {
      LockHolder holder = LockHolder.find(store).orElseThrow();
      assertEquals(ProcessHandle.current().pid(), holder.pid());
      assertEquals(StoreLock.host(), holder.host());
    }
    assertEquals(Optional.empty(), LockHolder.find(store));
  }

  @Test
  void aKilledProcessHoldsNoLock() throws IOException, InterruptedException {
    Process killed = new ProcessBuilder("true").start();
    killed.waitFor();
    write(new LockHolder(killed.pid(), StoreLock.host(), Instant.now()));
    assertEquals(Optional.empty(), LockHolder.find(store));
  }

  @Test
  void aLaterProcessWithTheSamePidHoldsNoLock() throws IOException {
    long pid = ProcessHandle.current().pid();
    write(new LockHolder(pid, StoreLock.host(), Instant.EPOCH));
    assertEquals(Optional.empty(), LockHolder.find(store));
  }

  @Test
  void aHolderOnAnotherHostCountsAsRunning() throws IOException {
    LockHolder elsewhere = new LockHolder(7, "else.where", Instant.EPOCH);
    write(elsewhere);
    assertEquals(Optional.of(elsewhere), LockHolder.find(store));
  }

  @Test
  void binaryContentNamesNoHolder() throws IOException {
    Files.write(store.lock(), new byte[] {(byte) 0xff, 0, (byte) 0xc3});
    assertEquals(Optional.empty(), LockHolder.find(store));
    Files.writeString(store.lock(), "process 7 on a\nhost since " + Instant.EPOCH);
    assertEquals(Optional.empty(), LockHolder.find(store));
  }

  private void write(LockHolder holder) throws IOException {
    Files.writeString(store.lock(), holder + "\n");
  }
}
