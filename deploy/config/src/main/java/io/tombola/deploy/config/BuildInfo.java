package io.tombola.deploy.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this program was built from.
 *
 * @param version such as {@code 0.2.0}
 * @param commit the git commit, 40 hexadecimal digits, or {@code unknown} outside a checkout
 * @param dirty whether the checkout held changes that were not committed
 */
public record BuildInfo(String version, String commit, boolean dirty) {

  private static final String UNKNOWN = "unknown";

  /** As {@code git describe} says it; anything else means that there was no git to ask. */
  private static final Pattern REVISION = Pattern.compile("([0-9a-f]{40})(-dirty)?");

  /** Reads what the build wrote. */
  public static BuildInfo read() {
    Properties written = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      written.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read build.properties from the class path", e);
    }
    Matcher revision = REVISION.matcher(written.getProperty("revision", "").strip());
    boolean known = revision.matches();
    return new BuildInfo(
        written.getProperty("version"),
        known ? revision.group(1) : UNKNOWN,
        known && revision.group(2) != null);
  }

  /** The commit as provenance records it, marked when the checkout held further changes. */
  public String revision() {
    return dirty ? commit + "-dirty" : commit;
  }

  /** One line, such as {@code tombola 0.2.0 (commit 1a2b3c4d5e6f)}. */
  @Override
  public String toString() {
    String shortCommit = commit.length() > 12 ? commit.substring(0, 12) : commit;
    return "tombola " + version + " (commit " + shortCommit + (dirty ? ", changed" : "") + ")";
  }
}
