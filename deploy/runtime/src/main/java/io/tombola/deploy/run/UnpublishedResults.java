package io.tombola.deploy.run;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Results that are not published at the end of a run; they stay in the journal.
 *
 * @param line a message for the user
 * @param outOfSpace whether the broker's disk is full
 */
public record UnpublishedResults(String line, boolean outOfSpace) {

  private static final String NOT_PUBLISHED = "not published yet";

  /** Whether {@code line} is the message for results that the cluster did not acknowledge. */
  public static boolean isNamedIn(String line) {
    return line.contains(NOT_PUBLISHED);
  }

  /**
   * Results that the cluster did not acknowledge.
   *
   * @param results how many; empty if unknown
   */
  static UnpublishedResults because(OptionalLong results, String reason) {
    return new UnpublishedResults(
        "warning: "
            + named(results)
            + " are "
            + NOT_PUBLISHED
            + " ("
            + reason
            + "); they stay in the journal, and the next run on this store publishes them",
        false);
  }

  static UnpublishedResults outOfSpace(OptionalLong results, Path brokerFolder) {
    return new UnpublishedResults(
        "expected free disk space for the broker's log in "
            + brokerFolder
            + ", found none; "
            + named(results)
            + " stay in the journal: free disk space and run the same command again"
            + " to publish them",
        true);
  }

  private static String named(OptionalLong results) {
    return results.isPresent() ? results.getAsLong() + " results" : "results";
  }
}
