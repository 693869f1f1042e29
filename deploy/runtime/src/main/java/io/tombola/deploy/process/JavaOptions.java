package io.tombola.deploy.process;

import java.util.List;

/** Options of Java that a process hands on to one that does a part of its work. */
public final class JavaOptions {

  /** What opens a port or writes to a file of a fixed name, and what one process alone is told. */
  private static final List<String> OF_ONE_PROCESS =
      List.of("-Xlog", "-Xrun", "-XX:StartFlightRecording", "-Dcom.sun.management", "-Dtombola.");

  private static final List<String> INHERITED = List.of("-X", "-D", "--");

  /** What Java says on standard error before a process begins that has vector instructions. */
  public static final String VECTORS_REMARK =
      "WARNING: Using incubator modules: jdk.incubator.vector";

  private JavaOptions() {}

  /** Those of {@code options} that another process may have as well. */
  public static List<String> inherited(List<String> options) {
    return options.stream()
        .filter(option -> startsWithOneOf(option, INHERITED))
        .filter(option -> !startsWithOneOf(option, OF_ONE_PROCESS))
        .toList();
  }

  private static boolean startsWithOneOf(String option, List<String> beginnings) {
    return beginnings.stream().anyMatch(option::startsWith);
  }
}
