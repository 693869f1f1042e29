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
 * The exclusive lock of a store, held by the one process that may write to it. The operating system
 * releases it when the process ends, however it ends. The file itself stays: deleting it would let
 * two processes lock two files of the same name. Thread-safe; the caller closes it.
 */
public final class StoreLock implements AutoCloseable {

  // POSIX releases a process's lock when the process closes any descriptor of the file, so the
  // holder must not open the file again.
  private static final Map<Path, LockHolder> HELD_HERE = new ConcurrentHashMap<>();

  // Beyond the text, so that other processes can read it where locks are mandatory.
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final int MAX_TEXT_BYTES = 1024;

  private final StoreLayout store;
  private final Path file;
  private final FileChannel channel;

  private StoreLock(StoreLayout store, Path file, FileChannel channel) {
    this.store = store;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Acquires the lock without waiting; creates the store's directory if it is missing.
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

  /** Releases the lock. */
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
    ByteBuffer text = ByteBuffer.allocate(MAX_TEXT_BYTES);
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
