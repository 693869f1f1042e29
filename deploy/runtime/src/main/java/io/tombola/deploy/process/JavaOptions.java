package io.tombola.deploy.process;

import java.util.List;

/** JVM options that a process passes on to its child processes. */
public final class JavaOptions {

  /** Options that open a port or write to a fixed file, and settings for one process only. */
  private static final List<String> NOT_INHERITED =
      List.of("-Xlog", "-Xrun", "-XX:StartFlightRecording", "-Dcom.sun.management", "-Dtombola.");

  private static final List<String> INHERITED = List.of("-X", "-D", "--");

  /** The JVM's warning at the start of a process that uses the vector module. */
  public static final String VECTOR_MODULE_WARNING =
      "WARNING: Using incubator modules: jdk.incubator.vector";

  private JavaOptions() {}

  /** Those of {@code options} that a child process may have as well. */
  public static List<String> inherited(List<String> options) {
    return options.stream()
        .filter(option -> startsWithOneOf(option, INHERITED))
        .filter(option -> !startsWithOneOf(option, NOT_INHERITED))
        .toList();
  }

  private static boolean startsWithOneOf(String option, List<String> beginnings) {
    return beginnings.stream().anyMatch(option::startsWith);
  }
}
