package io.tombola.deploy.broker;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One broker at a time over one log. A broker whose parent was killed still has to finish; the
 * operating system wakes the next one as soon as it is gone.
 */
final class BrokerLock implements AutoCloseable {

  private final Channel channel;

  private BrokerLock(Channel channel) {
    this.channel = channel;
  }

  /** Waits for the lock as long as it takes; a process whose parent ends does not wait on. */
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
