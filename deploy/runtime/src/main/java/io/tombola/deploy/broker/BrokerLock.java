package io.tombola.deploy.broker;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Ensures that one broker at a time uses a log. A broker whose parent was killed may still be
 * shutting down; the operating system grants the lock as soon as it has exited.
 */
final class BrokerLock implements AutoCloseable {

  private final Channel channel;

  private BrokerLock(Channel channel) {
    this.channel = channel;
  }

  /** Waits for the lock without a timeout; the process ends when its parent does. */
  static BrokerLock acquire(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.lock();
      return new BrokerLock(held.acquiredBy());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
