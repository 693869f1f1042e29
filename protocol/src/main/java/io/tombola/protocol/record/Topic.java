package io.tombola.protocol.record;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What readers of each topic may rely on. */
public enum Topic {
  /** Results: kept without limit. */
  ROUNDS(Topics.ROUNDS, Cleanup.DELETE, Topic.FOREVER),
  /** States: the latest of each key is kept. */
  CAMPAIGNS(Topics.CAMPAIGNS, Cleanup.COMPACT, Topic.FOREVER),
  /** News: kept for a day. */
  PROGRESS(Topics.PROGRESS, Cleanup.DELETE, Duration.ofHours(24).toMillis());

  /** Kafka's word for a retention without limit. */
  public static final long FOREVER = -1;

  private final String address;
  private final Cleanup cleanup;
  private final long retentionMillis;

  Topic(String address, Cleanup cleanup, long retentionMillis) {
    this.address = address;
    this.cleanup = cleanup;
    this.retentionMillis = retentionMillis;
  }

  /** What becomes of old records, in Kafka's words. */
  public enum Cleanup {
    /** They go after a time. */
    DELETE,
    /** Those with a newer one of the same key go. */
    COMPACT;

    /** As Kafka's {@code cleanup.policy} has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The topic of that name, in full or in short, such as {@code rounds}. */
  public static Optional<Topic> named(String name) {
    return Stream.of(values())
        .filter(topic -> topic.address.equals(name) || topic.shortName().equals(name))
        .findFirst();
  }

  /** The topic's name on the cluster. */
  public String address() {
    return address;
  }

  /** The name on the command line, such as {@code rounds}. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What becomes of old records. */
  public Cleanup cleanup() {
    return cleanup;
  }

  /** How long a record is kept at least, {@link #FOREVER} without limit. */
  public long retentionMillis() {
    return retentionMillis;
  }
}
