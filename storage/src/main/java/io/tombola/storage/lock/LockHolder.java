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

  // Start times of processes are coarser than clocks.
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** This process, as a holder. */
  public static LockHolder thisProcess(Instant since) {
    return new LockHolder(ProcessHandle.current().pid(), StoreLock.host(), since);
  }

  /** Pid and host, in words. */
  public String process() {
    return "process " + pid + " on " + host;
  }

  /** The line that the holder writes into the lock's file. */
  @Override
  public String toString() {
    return process() + " since " + since;
  }

  /**
   * Who holds the lock now, as far as its file and the processes of this machine tell. Never
   * touches the lock itself, so that nobody who wants it is kept from it; a holder on another host
   * is taken at its word.
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
      // A damaged file may hold any bytes; it then names nobody.
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

  /** A later process may have been given the number of one that is gone. */
  private boolean startedBefore(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> start.isBefore(since.plus(SLACK)))
        .orElse(true);
  }
}
