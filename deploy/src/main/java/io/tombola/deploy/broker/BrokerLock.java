package io.tombola.deploy.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One broker at a time over one log. A broker whose parent was killed still has to finish; the
 * operating system wakes the next one as soon as it is gone.
 */
final class BrokerLock implements AutoCloseable {

  private final FileChannel channel;

  private BrokerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws IOException if another process holds it for longer than {@code patience}
   */
  static BrokerLock acquire(Path file, Duration patience) throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    CompletableFuture<FileLock> held = new CompletableFuture<>();
    Thread waiting = new Thread(() -> held.completeAsync(() -> lock(channel), Runnable::run));
    waiting.setDaemon(true);
    waiting.start();
    try {
      held.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new BrokerLock(channel);
    } catch (TimeoutException | ExecutionException e) {
      channel.close();
      throw new IOException("another broker holds " + file + " for longer than " + patience, e);
    }
  }

  private static FileLock lock(FileChannel channel) {
    try {
      return channel.lock();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
