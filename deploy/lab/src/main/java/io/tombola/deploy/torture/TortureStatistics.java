package io.tombola.deploy.torture;

import io.tombola.deploy.torture.Fault.CrashAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The faults injected so far, and the violations found. Not thread-safe. */
final class TortureStatistics {

  private final SortedMap<String, Integer> faults = new TreeMap<>();
  private final List<Violation> findings = new ArrayList<>();
  private int deaths;
  private int deepestRecovery;
  private Duration longestShutdown = Duration.ZERO;

  void death(ProcessScenario scenario) {
    deaths++;
    deepestRecovery = Math.max(deepestRecovery, scenario.recovery());
    String where =
        scenario.end() instanceof CrashAt crash ? "death at " + crash.order().point() : "kill -9";
    count(scenario.recovery() > 0 ? where + " during recovery" : where);
  }

  void shutdown(Duration duration) {
    count("SIGTERM");
    if (duration.compareTo(longestShutdown) > 0) {
      longestShutdown = duration;
    }
  }

  void childKill(ChildKind kind) {
    count("kill -9 of the " + kind.name().toLowerCase(Locale.ROOT));
  }

  void badShutdown(String what) {
    findings.add(new Violation(Violation.Kind.BAD_SHUTDOWN, what));
  }

  void add(int pass, List<Violation> found) {
    found.stream()
        .map(finding -> new Violation(finding.kind(), "pass " + pass + ": " + finding.what()))
        .forEach(findings::add);
  }

  int deaths() {
    return deaths;
  }

  SortedMap<String, Integer> faults() {
    return faults;
  }

  int deepestRecovery() {
    return deepestRecovery;
  }

  Duration longestShutdown() {
    return longestShutdown;
  }

  List<Violation> findings() {
    return List.copyOf(findings);
  }

  private void count(String kind) {
    faults.merge(kind, 1, Integer::sum);
  }
}
