package io.tombola.storage.lock;

import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write to a store, held by one process. The operating system lets go of it when the
 * process ends, however it ends. The file itself stays: deleting it would let two processes lock
 * two files of one name. Thread-safe; the caller closes it.
 */
public final class StoreLock implements AutoCloseable {

  // POSIX drops a process's lock when it closes any descriptor of the file, so that the process
  // that holds it must not even open the file again.
  private static final Map<Path, LockHolder> HELD_HERE = new ConcurrentHashMap<>();

  // Past the text, so that others can read who holds it where locks are mandatory.
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final int LONGEST_TEXT = 1024;

  private final StoreLayout store;
  private final Path file;
  private final FileChannel channel;

  private StoreLock(StoreLayout store, Path file, FileChannel channel) {
    this.store = store;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, without waiting, on a store whose directory is made if it is missing.
   *
   * @throws StoreInUseException if another process, or this one, has it
   */
  public static StoreLock acquire(StoreLayout store) {
    DurableFiles.createDirectories(store.root());
    Path file = realFile(store);
    LockHolder self = LockHolder.thisProcess(Instant.now());
    LockHolder earlier = HELD_HERE.putIfAbsent(file, self);
    if (earlier != null) {
      throw new StoreInUseException(store, earlier.toString());
    }
    try {
      return new StoreLock(store, file, locked(store, file, self));
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw DurableFiles.explained(e, file);
    } catch (RuntimeException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  /** This process, if it holds the lock of {@code store}, which exists; does not open the file. */
  static Optional<LockHolder> heldHere(StoreLayout store) {
    return Optional.ofNullable(HELD_HERE.get(realFile(store)));
  }

  /** The store that this process may write to until {@link #close}. */
  public StoreLayout store() {
    return store;
  }

  /** Lets others have the lock. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + file, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }

  private static FileChannel locked(StoreLayout store, Path file, LockHolder self)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw new StoreInUseException(store, holder(channel).orElse("another process"));
      }
      sign(channel, self);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void sign(FileChannel channel, LockHolder self) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((self + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    channel.force(true);
  }

  private static Optional<String> holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
    channel.read(text, 0);
    String line = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return LockHolder.parse(line).map(LockHolder::toString);
  }

  private static Path realFile(StoreLayout store) {
    try {
      return store.root().toRealPath().resolve(store.lock().getFileName());
    } catch (IOException e) {
      throw DurableFiles.explained(e, store.root());
    }
  }

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed host";
    }
  }
}
