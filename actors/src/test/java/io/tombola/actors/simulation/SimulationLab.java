package io.tombola.actors.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tombola.actors.DatasetCache;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.storage.StoreLayout;
import io.tombola.training.seed.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Runs simulations by seed, each on a store of its own. Confined to one thread. */
final class SimulationLab implements AutoCloseable {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int STEPS_UNKNOWN = 100_000;

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final Level level = ROOT.getLevel();
  private final Path folder;
  private final DatasetSpec data;
  private final DatasetCache datasets;
  private final Map<Integer, SimulationResult> faultFree = new HashMap<>();

  private SimulationLab(Path folder) throws IOException {
    this.folder = folder;
    // Injected faults are expected; an InvariantViolation reports the rest.
    ROOT.setLevel(Level.OFF);
    this.data = TinyData.write(Files.createDirectory(folder.resolve("data")));
    this.datasets = TinyData.datasets(folder);
  }

  /** A lab in memory where there is a file system in memory, else on the disk. */
  static SimulationLab open() throws IOException {
    return new SimulationLab(
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "tombola-simulation-")
            : Files.createTempDirectory("tombola-simulation-"));
  }

  /** The result of a seed. */
  SimulationResult run(long seed) {
    Scenario scenario = scenarioOf(seed);
    return on(
        "seed-" + seed,
        store -> withFaults(seed, world(seed, scenario, store)).run(faultFree(scenario).steps()));
  }

  /** The failure of a seed, and how to reproduce it; empty if there is none. */
  Optional<String> failure(long seed) {
    return failure(seed, SimulatedUser.passive());
  }

  /** The same, with a user who pauses, resumes and cancels the campaign at any step. */
  Optional<String> failureUnderCommands(long seed) {
    return failure(seed, SimulatedUser.random(seeds(seed).stream("user")));
  }

  private Optional<String> failure(long seed, SimulatedUser user) {
    Scenario scenario = scenarioOf(seed);
    return on(
        "seed-" + seed,
        store -> {
          SimulationContext world = world(seed, scenario, store, user);
          Simulation simulation = withFaults(seed, world);
          return wrong(simulation, scenario).map(what -> report(seed, what, simulation, world));
        });
  }

  private static String report(
      long seed, String what, Simulation simulation, SimulationContext world) {
    return """
    seed %d: %s
    scenario %d: %s
    faults:
      %s
    the last steps:
    %s
    again: ./mvnw test -pl actors -am -Dtest='Simulation*Test' \
    -Dsurefire.failIfNoSpecifiedTests=false -Dtombola.simulation.seed=%d\
    """
        .formatted(
            seed,
            what,
            world.scenario().number(),
            world.scenario().describe(),
            simulation.injectedFaults(),
            world.trace().tail(),
            seed);
  }

  private Optional<String> wrong(Simulation simulation, Scenario scenario) {
    try {
      SimulationResult expected = faultFree(scenario);
      return simulation
          .run(expected.steps())
          .difference(expected)
          .map(what -> "P3: differs from the run without faults: " + what);
    } catch (InvariantViolation e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private SimulationResult faultFree(Scenario scenario) {
    return faultFree.computeIfAbsent(
        scenario.number(),
        number ->
            on(
                "scenario-" + number,
                store ->
                    new Simulation(
                            SimulationContext.of(
                                scenario,
                                datasets,
                                store,
                                FaultInjector.none(seeds(0).stream("faults")),
                                SimulatedUser.passive()),
                            run -> Schedule.IN_ORDER)
                        .run(STEPS_UNKNOWN)));
  }

  private Scenario scenarioOf(long seed) {
    return Scenario.of(seeds(seed).stream("shape").nextInt(Scenario.COUNT), data);
  }

  private SimulationContext world(long seed, Scenario scenario, StoreLayout store) {
    return world(seed, scenario, store, SimulatedUser.passive());
  }

  private SimulationContext world(
      long seed, Scenario scenario, StoreLayout store, SimulatedUser user) {
    return SimulationContext.of(
        scenario, datasets, store, FaultInjector.some(seeds(seed).stream("faults")), user);
  }

  private static Simulation withFaults(long seed, SimulationContext world) {
    return new Simulation(world, run -> Schedule.shuffled(seeds(seed).stream("schedule", run)));
  }

  private static Seeds seeds(long seed) {
    return new Seeds(seed, 1);
  }

  private interface OnStore<T> {
    T run(StoreLayout store);
  }

  private <T> T on(String name, OnStore<T> work) {
    StoreLayout store = new StoreLayout(folder.resolve(name));
    store.create();
    T result = work.run(store);
    delete(store.root());
    return result;
  }

  private static void delete(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ROOT.setLevel(level);
    delete(folder);
  }
}
