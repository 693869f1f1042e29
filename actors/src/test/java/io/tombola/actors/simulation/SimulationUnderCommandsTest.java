package io.tombola.actors.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The campaigns of {@link SimulationTest}, while a user pauses, resumes and cancels them at any
 * moment; and both kinds with fresh seeds.
 */
final class SimulationUnderCommandsTest {

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
    assertNoFailure(SimulationSeeds.fixed(), lab::failureUnderCommands);
  }

  @Test
  void freshSeedsKeepThePromises() {
    assertNoFailure(
        SimulationSeeds.fresh(),
        seed -> lab.failure(seed).or(() -> lab.failureUnderCommands(seed)));
  }

  private static void assertNoFailure(LongStream seeds, LongFunction<Optional<String>> failure) {
    List<String> failures =
        seeds
            .mapToObj(failure)
            .flatMap(Optional::stream)
            .limit(SimulationSeeds.MAX_FAILURES)
            .toList();
    assertTrue(failures.isEmpty(), () -> String.join("\n\n", failures));
  }
}
