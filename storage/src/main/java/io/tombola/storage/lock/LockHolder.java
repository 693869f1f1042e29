package io.tombola.storage.lock;

import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that writes to a store.
 *
 * @param since when it took the lock
 */
public record LockHolder(long pid, String host, Instant since) {

  private static final Pattern TEXT =
      Pattern.compile("process ([0-9]{1,18}) on (\\P{Cntrl}+) since (\\S+)");

  // The operating system rounds the start times of processes.
  private static final Duration START_TIME_TOLERANCE = Duration.ofSeconds(2);

  /** This process as the holder. */
  public static LockHolder thisProcess(Instant since) {
    return new LockHolder(ProcessHandle.current().pid(), StoreLock.host(), since);
  }

  /** Pid and host as text. */
  public String process() {
    return "process " + pid + " on " + host;
  }

  /** The line that the holder writes into the lock's file. */
  @Override
  public String toString() {
    return process() + " since " + since;
  }

  /**
   * The current holder, according to the lock's file and the processes of this machine. Does not
   * touch the lock itself, so it never blocks a process that acquires it; a holder on another host
   * is assumed to be alive.
   */
  public static Optional<LockHolder> find(StoreLayout store) {
    if (Files.notExists(store.lock())) {
      return Optional.empty();
    }
    Optional<LockHolder> self = StoreLock.heldHere(store);
    if (self.isPresent()) {
      return self;
    }
    String text;
    try {
      // A damaged file may hold any bytes; then it names no process.
      text = new String(Files.readAllBytes(store.lock()), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DurableFiles.explained(e, store.lock());
    }
    return parse(text).filter(LockHolder::mayLive);
  }

  static Optional<LockHolder> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LockHolder(
              Long.parseLong(parts.group(1)), parts.group(2), Instant.parse(parts.group(3))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private boolean mayLive() {
    return !host.equals(StoreLock.host())
        || ProcessHandle.of(pid).filter(process -> startedBefore(process)).isPresent();
  }

  /** The operating system may have given the pid of an ended process to a later one. */
  private boolean startedBefore(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> start.isBefore(since.plus(START_TIME_TOLERANCE)))
        .orElse(true);
  }
}
