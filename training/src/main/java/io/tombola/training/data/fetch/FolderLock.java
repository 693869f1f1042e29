package io.tombola.training.data.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** An exclusive lock on a folder: the locked file {@code FOLDER.lock} beside it. */
public final class FolderLock implements AutoCloseable {

  private static final long POLL_MILLIS = 200;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock acquire(Path folder, CancellationToken stop, Runnable onWait)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolveSibling(folder.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    boolean announced = false;
    try {
      while (tryLock(channel).isEmpty()) {
        if (!announced) {
          onWait.run();
          announced = true;
        }
        stop.pause(POLL_MILLIS);
      }
      return new FolderLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds the lock.
      return Optional.empty();
    }
  }

  /** Closing the file releases the lock. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
