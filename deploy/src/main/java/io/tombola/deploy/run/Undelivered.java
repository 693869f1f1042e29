package io.tombola.deploy.run;

import java.nio.file.Path;

/**
 * Results that wait in the journal at the end of a run.
 *
 * @param line for the user
 * @param outOfSpace whether the broker's disk is full
 */
public record Undelivered(String line, boolean outOfSpace) {

  static Undelivered because(long results, String reason) {
    return new Undelivered(
        "warning: "
            + results
            + " results are not published yet ("
            + reason
            + "); they are safe in the journal, and the next run on this store publishes them",
        false);
  }

  static Undelivered outOfSpace(long results, Path brokerFolder) {
    return new Undelivered(
        "expected room on the disk for the broker's log in "
            + brokerFolder
            + ", found none; "
            + results
            + " results are safe in the journal: free some space and run the same command again"
            + " to publish them",
        true);
  }
}
