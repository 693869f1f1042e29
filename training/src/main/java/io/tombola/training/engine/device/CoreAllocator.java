package io.tombola.training.engine.device;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the machine's cores, each to one thread of all processes that take theirs here. A core
 * is taken by a lock on a file, which the system releases when the process ends, however it ends.
 *
 * <p>The files lie in the directory for temporary files, which is the same for all users; {@code
 * /run/lock} is not everywhere, and not everyone's. A process has one object of this class for a
 * directory: where a process closes a locked file for a second time, POSIX ends the first lock,
 * too. Thread-safe.
 */
public final class CoreAllocator {

  private static final Logger LOG = LoggerFactory.getLogger(CoreAllocator.class);

  private final Path directory;
  private final Set<Integer> own = new HashSet<>();
  private boolean warned;

  /** Cores that are taken by files in {@code directory}, which exists. */
  CoreAllocator(Path directory) {
    this.directory = directory;
  }

  /** Those of this machine. */
  public static CoreAllocator ofMachine() {
    return new CoreAllocator(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Pins the calling thread, and the threads that it starts later, to a core that no other thread
   * has taken here. Where no core is left, or the platform cannot pin, it only writes a log line.
   */
  public synchronized CoreLease pin() {
    try {
      List<Integer> allowed = Affinity.allowed();
      for (int core : Affinity.inTurn(allowed)) {
        Optional<FileChannel> lock = own.contains(core) ? Optional.empty() : lock(core);
        if (lock.isPresent()) {
          return bind(core, lock.get());
        }
      }
      LOG.info("{} has no core of its own: {} are taken", name(), allowed);
    } catch (IOException e) {
      warnOnce(e);
    }
    return CoreLease.NONE;
  }

  private CoreLease bind(int core, FileChannel lock) throws IOException {
    try {
      Affinity.bind(core);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
    own.add(core);
    LOG.info("{} has core {}", name(), core);
    return new CoreLease(OptionalInt.of(core), () -> release(core, lock));
  }

  private synchronized void release(int core, FileChannel lock) {
    if (!lock.isOpen()) {
      return;
    }
    try {
      lock.close();
      own.remove(core);
    } catch (IOException e) {
      LOG.info("core {} stays taken until this process ends", core, e);
    }
  }

  private Optional<FileChannel> lock(int core) {
    try {
      FileChannel channel = open(directory.resolve("tombola-core-" + core + ".lock"));
      if (isLocked(channel)) {
        return Optional.of(channel);
      }
      channel.close();
    } catch (IOException e) {
      LOG.debug("core {} counts as taken by another user", core, e);
    }
    return Optional.empty();
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      Files.createFile(file);
      // For other users, who take their cores here, too; it stays empty.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was there before", file);
    }
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  private void warnOnce(IOException why) {
    if (!warned) {
      LOG.info("threads run on any core, since they cannot be kept on one: {}", why.toString());
      warned = true;
    }
  }

  private static String name() {
    return Thread.currentThread().getName();
  }
}
