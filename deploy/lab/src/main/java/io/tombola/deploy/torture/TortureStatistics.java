package io.tombola.deploy.torture;

import io.tombola.deploy.torture.Fault.CrashAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has struck so far, and what it found. Not thread-safe. */
final class TortureStatistics {

  private final SortedMap<String, Integer> faults = new TreeMap<>();
  private final List<Violation> findings = new ArrayList<>();
  private int deaths;
  private int deepestRecovery;
  private Duration longestFarewell = Duration.ZERO;

  void death(ProcessScenario life) {
    deaths++;
    deepestRecovery = Math.max(deepestRecovery, life.recovery());
    String where =
        life.end() instanceof CrashAt crash ? "death at " + crash.order().point() : "kill -9";
    count(life.recovery() > 0 ? where + " during recovery" : where);
  }

  void farewell(Duration duration) {
    count("SIGTERM");
    if (duration.compareTo(longestFarewell) > 0) {
      longestFarewell = duration;
    }
  }

  void bystander(ChildKind who) {
    count("kill -9 of the " + who.name().toLowerCase(Locale.ROOT));
  }

  void unruly(String what) {
    findings.add(new Violation(Violation.Kind.UNRULY, what));
  }

  void add(int lap, List<Violation> found) {
    found.stream()
        .map(finding -> new Violation(finding.kind(), "lap " + lap + ": " + finding.what()))
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

  Duration longestFarewell() {
    return longestFarewell;
  }

  List<Violation> findings() {
    return List.copyOf(findings);
  }

  private void count(String kind) {
    faults.merge(kind, 1, Integer::sum);
  }
}
