package io.tombola.deploy.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this program was built from.
 *
 * @param version such as {@code 0.1.0}
 * @param commit the git commit, 40 hexadecimal digits, or {@code unknown} outside a checkout
 * @param dirty whether the checkout held changes that were not committed
 */
public record BuildInfo(String version, String commit, boolean dirty) {

  /** Reads what the build wrote. */
  public static BuildInfo read() {
    Properties written = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      written.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read build.properties from the class path", e);
    }
    return new BuildInfo(
        written.getProperty("version"),
        written.getProperty("commit"),
        Boolean.parseBoolean(written.getProperty("dirty")));
  }

  /** The commit as provenance records it, marked when the checkout held further changes. */
  public String revision() {
    return dirty ? commit + "-dirty" : commit;
  }

  /** One line, such as {@code tombola 0.1.0 (commit 1a2b3c4d5e6f)}. */
  @Override
  public String toString() {
    String shortCommit = commit.length() > 12 ? commit.substring(0, 12) : commit;
    return "tombola " + version + " (commit " + shortCommit + (dirty ? ", changed" : "") + ")";
  }
}
