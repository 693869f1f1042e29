package io.tombola.training.data.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The right to write to a folder, held by the file {@code FOLDER.lock} beside it. */
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
    boolean told = false;
    try {
      while (tryLock(channel).isEmpty()) {
        if (!told) {
          onWait.run();
          told = true;
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
      // Another thread of this process has it.
      return Optional.empty();
    }
  }

  /** Closing the file gives the lock back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
