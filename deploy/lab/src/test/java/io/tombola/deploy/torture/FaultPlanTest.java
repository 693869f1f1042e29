package io.tombola.deploy.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.torture.Fault.CrashAt;
import io.tombola.storage.Failpoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {

  private static final FaultPlan.Pace PACE =
      new FaultPlan.Pace(Duration.ofSeconds(2), Duration.ofSeconds(20));

  @Test
  void aSeedGivesTheSameFaults() {
    assertEquals(plan(7, 200), plan(7, 200));
    assertNotEquals(plan(7, 200), plan(8, 200));
  }

  @Test
  void everyKindOfFaultAndEveryPointComesUp() {
    List<ProcessScenario> scenarios = plan(7, 100);
    Set<Failpoint> points = EnumSet.noneOf(Failpoint.class);
    scenarios.forEach(
        scenario -> {
          if (scenario.end() instanceof CrashAt crash) {
            points.add(crash.order().point());
          }
        });

    assertEquals(EnumSet.allOf(Failpoint.class), points);
    assertTrue(scenarios.stream().anyMatch(scenario -> scenario.end() instanceof Fault.Kill));
    assertTrue(scenarios.stream().anyMatch(scenario -> scenario.end() instanceof Fault.Terminate));
    assertTrue(scenarios.stream().anyMatch(scenario -> scenario.childKill().isPresent()));
    assertEquals(5, scenarios.stream().mapToInt(ProcessScenario::recovery).max().orElse(0));
  }

  private static List<ProcessScenario> plan(long seed, int scenarios) {
    FaultPlan plan = new FaultPlan(new SplittableRandom(seed), PACE);
    return Stream.generate(plan::next).limit(scenarios).toList();
  }
}
