package io.tombola.storage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Named places around everything that is made durable or published, where a process can be told to
 * die, to prove that nothing is lost there. A process dies at the n-th passing of one of them if it
 * was started with {@code -Dtombola.crash-at=POINT:N}; without that, passing costs one comparison.
 * Thread-safe.
 */
public enum Failpoint {
  /** A file's bytes are written under a temporary name, not yet synced. */
  FILE_WRITTEN,
  /** The bytes are on the disk, not yet under the file's name. */
  FILE_SYNCED,
  /** The file has its name, which is not yet synced. */
  FILE_RENAMED,
  /** File and name are on the disk. */
  FILE_DURABLE,
  /** An artifact is about to be deleted. */
  DELETE_DUE,
  /** An artifact was deleted. */
  DELETED,
  /** A transaction's rows are written, not committed. */
  COMMIT_DUE,
  /** The transaction is on the disk, not acknowledged. */
  COMMITTED,
  /** The transaction is acknowledged. */
  ACKNOWLEDGED,
  /** A page of the log was read while an actor recovers. */
  REPLAYED,
  /** The producer is connected and has settled what an earlier one left open. */
  PRODUCER_OPENED,
  /** Records are sent in a transaction that is not committed. */
  PUBLISH_DUE,
  /** The cluster has committed the records. */
  PUBLISHED;

  /** The system property that names the point to die at. */
  public static final String PROPERTY = "tombola.crash-at";

  /** As the operating system says it of a process that was killed by SIGKILL. */
  public static final int KILLED = 137;

  private static final Optional<Trigger> TRIGGER =
      Optional.ofNullable(System.getProperty(PROPERTY)).map(Trigger::parse);

  /**
   * To die at a passing of a point.
   *
   * @param passing from 1
   */
  public record Trigger(Failpoint point, long passing) {

    private static final Pattern TEXT = Pattern.compile("([A-Z_]+):([1-9][0-9]{0,8})");
    private static final AtomicLong PASSED = new AtomicLong();

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
      if (here == point && PASSED.incrementAndGet() == passing) {
        // No hook, no finally, no closing of files: as by SIGKILL, from the inside.
        Runtime.getRuntime().halt(KILLED);
      }
    }

    /** The property's value, {@code POINT:N}. */
    @Override
    public String toString() {
      return point + ":" + passing;
    }
  }

  /** Goes on, unless this process was told to die here. */
  public void hit() {
    TRIGGER.ifPresent(trigger -> trigger.fireAt(this));
  }
}
