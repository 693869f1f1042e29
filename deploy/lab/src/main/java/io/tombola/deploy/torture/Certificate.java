package io.tombola.deploy.torture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.SortedMap;

/**
 * The result of a torture.
 *
 * @param program version and commit
 * @param campaign a description of the campaign
 * @param deaths processes that were killed or died at a failpoint
 * @param faults the number of injected faults by kind
 * @param deepestRecovery the most deaths in a row of processes that had not recovered yet
 * @param longestShutdownMillis the longest time between SIGTERM and the end of a process
 * @param passes the number of tortured campaigns that were compared with the uninterrupted one
 * @param rows the number of results of a campaign
 * @param rowsSha256 SHA-256 of the results as CSV
 * @param artifacts the number of files that a campaign keeps
 * @param artifactsSha256 SHA-256 of their names, which are the hashes of their contents
 * @param records the number of records on the topic
 * @param topicSha256 SHA-256 of the records' ids and values
 * @param findings violations of the promises
 */
public record Certificate(
    String program,
    String campaign,
    long seed,
    int deaths,
    SortedMap<String, Integer> faults,
    @JsonProperty("deepest_recovery") int deepestRecovery,
    @JsonProperty("longest_shutdown_millis") long longestShutdownMillis,
    int passes,
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

  /** The number of violations of a kind. */
  public long count(Violation.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  /** The certificate as lines of text. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "program", program);
    line(text, "campaign", campaign);
    line(text, "seed", Long.toString(seed));
    line(
        text,
        "deaths",
        deaths + ", recovery interrupted up to " + deepestRecovery + " times in a row");
    faults.forEach((kind, times) -> line(text, "", times + " x " + kind));
    line(text, "shutdown", longestShutdownMillis + " ms at most after SIGTERM");
    line(text, "compared", passes + " campaigns, each with the uninterrupted one");
    line(text, "rows", rows + " each, SHA-256 " + rowsSha256);
    line(text, "artifacts", artifacts + " each, SHA-256 " + artifactsSha256);
    line(text, "topic", records + " records each, SHA-256 " + topicSha256);
    line(
        text,
        "found",
        "%d lost, %d repeated, %d duplicated, %d different, %d slow or failed shutdowns"
            .formatted(
                count(Violation.Kind.LOST),
                count(Violation.Kind.REPEATED),
                count(Violation.Kind.DUPLICATED),
                count(Violation.Kind.DIFFERENT),
                count(Violation.Kind.BAD_SHUTDOWN)));
    findings.forEach(finding -> line(text, "", finding.kind() + ": " + finding.what()));
    line(text, "verdict", sound() ? "every promise held" : "a promise did not hold");
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s %s%n".formatted(name, value));
  }
}
