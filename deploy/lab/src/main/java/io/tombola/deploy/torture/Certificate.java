package io.tombola.deploy.torture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.SortedMap;

/**
 * What a torture came to.
 *
 * @param program version and commit
 * @param campaign what was run, in words
 * @param deaths processes that were killed or died at a named point
 * @param faults how often each kind of fault struck
 * @param deepestRecovery deaths in a row, each before the process before it had recovered
 * @param longestFarewellMillis the longest that a process took to end after SIGTERM
 * @param laps tortured campaigns that were compared to the uninterrupted one
 * @param rows results of a campaign
 * @param rowsSha256 SHA-256 of the results as CSV
 * @param artifacts files that a campaign keeps
 * @param artifactsSha256 SHA-256 of their names, which are the hashes of their contents
 * @param records on the topic
 * @param topicSha256 SHA-256 of the records' ids and values
 * @param findings promises that did not hold
 */
public record Certificate(
    String program,
    String campaign,
    long seed,
    int deaths,
    SortedMap<String, Integer> faults,
    @JsonProperty("deepest_recovery") int deepestRecovery,
    @JsonProperty("longest_farewell_millis") long longestFarewellMillis,
    int laps,
    int rows,
    @JsonProperty("rows_sha256") String rowsSha256,
    int artifacts,
    @JsonProperty("artifacts_sha256") String artifactsSha256,
    int records,
    @JsonProperty("topic_sha256") String topicSha256,
    List<Violation> findings) {

  /** Whether every promise held. */
  public boolean sound() {
    return findings.isEmpty();
  }

  /** Findings of a kind. */
  public long count(Violation.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  /** Lines to read, each ended. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "program", program);
    line(text, "campaign", campaign);
    line(text, "seed", Long.toString(seed));
    line(text, "deaths", deaths + ", recovery cut short up to " + deepestRecovery + " deep");
    faults.forEach((kind, times) -> line(text, "", times + " x " + kind));
    line(text, "longest end", longestFarewellMillis + " ms after SIGTERM");
    line(text, "compared", laps + " campaigns, each with the uninterrupted one");
    line(text, "rows", rows + " each, SHA-256 " + rowsSha256);
    line(text, "artifacts", artifacts + " each, SHA-256 " + artifactsSha256);
    line(text, "topic", records + " records each, SHA-256 " + topicSha256);
    line(
        text,
        "found",
        "%d lost, %d repeated, %d duplicated, %d different, %d unruly"
            .formatted(
                count(Violation.Kind.LOST),
                count(Violation.Kind.REPEATED),
                count(Violation.Kind.DUPLICATED),
                count(Violation.Kind.DIFFERENT),
                count(Violation.Kind.UNRULY)));
    findings.forEach(finding -> line(text, "", finding.kind() + ": " + finding.what()));
    line(text, "verdict", sound() ? "nothing was lost" : "a promise did not hold");
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s %s%n".formatted(name, value));
  }
}
