package io.tombola.actors.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Campaigns of the real actors under injected faults; see {@link SimulationSeeds} for how to run
 * one seed alone, and more of them.
 */
final class SimulationTest {

  private static SimulationLab lab;

  @BeforeAll
  static void open() throws Exception {
    lab = SimulationLab.open();
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  @Test
  void everySeedKeepsThePromises() {
    List<String> failures =
        SimulationSeeds.fixed()
            .mapToObj(lab::failure)
            .flatMap(Optional::stream)
            .limit(SimulationSeeds.MAX_FAILURES)
            .toList();
    assertTrue(failures.isEmpty(), () -> String.join("\n\n", failures));
  }

  @Test
  void aStopMeetsAStepWhoseRetryTimerHasJustFired() {
    assertKeepsThePromises(503);
  }

  @Test
  void aTrainingWithAnUnusableCheckpointReleasesItsDevice() {
    assertKeepsThePromises(50);
  }

  private static void assertKeepsThePromises(long seed) {
    assertEquals(Optional.empty(), lab.failure(seed));
  }

  @Test
  void theSameSeedGivesTheSameSteps() {
    for (long seed = 1; seed <= 20; seed++) {
      assertEquals(lab.run(seed), lab.run(seed), "seed " + seed);
    }
    assertNotEquals(lab.run(1).trace(), lab.run(2).trace());
  }

  @Test
  void noThreadBelongsToASimulation() {
    lab.run(1);
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("tombola")));
  }
}
