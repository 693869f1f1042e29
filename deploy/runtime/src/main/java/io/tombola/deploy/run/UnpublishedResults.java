package io.tombola.deploy.run;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Results that wait in the journal at the end of a run.
 *
 * @param line for the user
 * @param outOfSpace whether the broker's disk is full
 */
public record UnpublishedResults(String line, boolean outOfSpace) {

  /**
   * Results that a cluster did not take.
   *
   * @param results how many; empty if nobody had the time to count them
   */
  static UnpublishedResults because(OptionalLong results, String reason) {
    return new UnpublishedResults(
        "warning: "
            + named(results)
            + " are not published yet ("
            + reason
            + "); they are safe in the journal, and the next run on this store publishes them",
        false);
  }

  static UnpublishedResults outOfSpace(OptionalLong results, Path brokerFolder) {
    return new UnpublishedResults(
        "expected room on the disk for the broker's log in "
            + brokerFolder
            + ", found none; "
            + named(results)
            + " are safe in the journal: free some space and run the same command again"
            + " to publish them",
        true);
  }

  private static String named(OptionalLong results) {
    return results.isPresent() ? results.getAsLong() + " results" : "results";
  }
}
