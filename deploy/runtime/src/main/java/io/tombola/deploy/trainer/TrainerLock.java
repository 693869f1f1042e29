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
 * Which store trainers of their own process are at work in. One whose parent was killed needs a
 * moment to end; until then it may still write an artifact.
 */
public final class TrainerLock {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TrainerLock() {}

  /** Says that this process works in {@code store}, until it ends. */
  static Channel announce(StoreLayout store) throws IOException {
    FileChannel channel = open(store.trainersLock());
    FileLock held = channel.lock(0, Long.MAX_VALUE, true);
    return held.acquiredBy();
  }

  /**
   * Waits until the trainers of an earlier run have ended.
   *
   * @throws StoreInUseException if one does not, although its parent is gone
   */
  public static void awaitNone(StoreLayout store) {
    awaitNone(store, PATIENCE);
  }

  static void awaitNone(StoreLayout store, Duration patience) {
    if (!Files.exists(store.trainersLock())) {
      return;
    }
    try (FileChannel channel = open(store.trainersLock())) {
      // The operating system wakes it as soon as the last of them is gone.
      CompletableFuture.runAsync(() -> lock(channel))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
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
