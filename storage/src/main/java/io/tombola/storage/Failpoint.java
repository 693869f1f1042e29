package io.tombola.storage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Failpoints: named places around every durable write and every publication where a test can kill
 * the process, to prove that nothing is lost there. A process started with {@code
 * -Dtombola.crash-at=POINT:N} halts, as if by SIGKILL, when it hits that failpoint for the n-th
 * time; otherwise a hit costs one comparison. Thread-safe.
 */
public enum Failpoint {
  /** The bytes of a file are written under a temporary name, but not synced. */
  FILE_WRITTEN,
  /** The bytes are on the disk, but not under the name of the file. */
  FILE_SYNCED,
  /** The file has its name, but its directory is not synced. */
  FILE_RENAMED,
  /** The file and its name are on the disk. */
  FILE_DURABLE,
  /** An artifact is about to be deleted. */
  DELETE_DUE,
  /** An artifact was deleted. */
  DELETED,
  /** The rows of a transaction are written, but not committed. */
  COMMIT_DUE,
  /** The transaction is on the disk, but not acknowledged. */
  COMMITTED,
  /** The transaction is acknowledged. */
  ACKNOWLEDGED,
  /** A page of the log was replayed for an actor that recovers. */
  REPLAYED,
  /** The producer is connected and has completed or aborted an earlier producer's transaction. */
  PRODUCER_OPENED,
  /** Records are sent in a transaction, but not committed. */
  PUBLISH_DUE,
  /** The cluster has committed the records. */
  PUBLISHED;

  /** The system property that names the failpoint to halt at. */
  public static final String PROPERTY = "tombola.crash-at";

  /** The exit code of a process that was killed by SIGKILL. */
  public static final int KILLED = 137;

  private static final Optional<Trigger> TRIGGER =
      Optional.ofNullable(System.getProperty(PROPERTY)).map(Trigger::parse);

  /**
   * Halts the process when it hits a failpoint for the n-th time.
   *
   * @param hit from 1
   */
  public record Trigger(Failpoint point, long hit) {

    private static final Pattern TEXT = Pattern.compile("([A-Z_]+):([1-9][0-9]{0,8})");
    private static final AtomicLong HITS = new AtomicLong();

    /**
     * Reads {@code POINT:N}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Trigger parse(String text) {
      Matcher parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            PROPERTY + ": expected POINT:N, such as COMMITTED:3, found '" + text + "'");
      }
      return new Trigger(Failpoint.valueOf(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    private void fireAt(Failpoint here) {
      if (here == point && HITS.incrementAndGet() == hit) {
        // Runs no shutdown hook and no finally block, and closes no file, as SIGKILL does.
        Runtime.getRuntime().halt(KILLED);
      }
    }

    /** The property's value, {@code POINT:N}. */
    @Override
    public String toString() {
      return point + ":" + hit;
    }
  }

  /** Halts the process if it was started to crash here; otherwise returns at once. */
  public void hit() {
    TRIGGER.ifPresent(trigger -> trigger.fireAt(this));
  }
}
