package io.tombola.deploy.trainer;

import io.tombola.storage.StoreLayout;
import io.tombola.storage.lock.StoreInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A shared lock that trainer processes hold on their store. A trainer whose parent was killed needs
 * a moment to exit and may write an artifact until then.
 */
public final class TrainerLock {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private TrainerLock() {}

  /** Acquires the lock for this process; the operating system releases it at exit. */
  static Channel acquire(StoreLayout store) throws IOException {
    FileChannel channel = open(store.trainersLock());
    FileLock held = channel.lock(0, Long.MAX_VALUE, true);
    return held.acquiredBy();
  }

  /**
   * Waits until the trainers of an earlier run have exited.
   *
   * @throws StoreInUseException if one does not exit in time
   */
  public static void awaitNone(StoreLayout store) {
    awaitNone(store, TIMEOUT);
  }

  static void awaitNone(StoreLayout store, Duration timeout) {
    if (!Files.exists(store.trainersLock())) {
      return;
    }
    try (FileChannel channel = open(store.trainersLock())) {
      // The operating system grants the exclusive lock as soon as the last trainer has exited.
      CompletableFuture.runAsync(() -> lock(channel))
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StoreInUseException(store, "a trainer of an earlier run that does not end");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + store.trainersLock(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot lock " + store.trainersLock(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trainers of an earlier run end", e);
    }
  }

  private static void lock(FileChannel channel) {
    try {
      channel.lock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
