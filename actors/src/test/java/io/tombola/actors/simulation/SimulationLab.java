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
  private final DatasetCache shelf;
  private final Map<Integer, Result> undisturbed = new HashMap<>();

  private SimulationLab(Path folder) throws IOException {
    this.folder = folder;
    // Injected faults are no news; LawBroken says what is.
    ROOT.setLevel(Level.OFF);
    this.data = TinyData.write(Files.createDirectory(folder.resolve("data")));
    this.shelf = TinyData.shelf(folder);
  }

  /** A lab in memory where there is a file system in memory, else on the disk. */
  static SimulationLab open() throws IOException {
    return new SimulationLab(
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "tombola-simulation-")
            : Files.createTempDirectory("tombola-simulation-"));
  }

  /** What a seed comes to. */
  Result run(long seed) {
    Shape shape = shapeOf(seed);
    return on(
        "seed-" + seed,
        store -> disturbed(seed, world(seed, shape, store)).run(undisturbed(shape).steps()));
  }

  /** What is wrong with what a seed does, and how to see it again; empty if nothing is. */
  Optional<String> failure(long seed) {
    return failure(seed, User.patient());
  }

  /** The same, where a user has the campaign wait, go on and end at any moment. */
  Optional<String> failureUnderOrders(long seed) {
    return failure(seed, User.whoKnowsNotWhat(seeds(seed).stream("user")));
  }

  private Optional<String> failure(long seed, User user) {
    Shape shape = shapeOf(seed);
    return on(
        "seed-" + seed,
        store -> {
          World world = world(seed, shape, store, user);
          Simulation simulation = disturbed(seed, world);
          return wrong(simulation, shape).map(what -> words(seed, what, simulation, world));
        });
  }

  private static String words(long seed, String what, Simulation simulation, World world) {
    return """
        seed %d: %s
        shape %d: %s
        faults:
          %s
        the last steps:
        %s
        again: ./mvnw verify -pl protocol,training,storage,actors -Dtest=SimulationTest \
        -Dsurefire.failIfNoSpecifiedTests=false -Dtombola.simulation.seed=%d"""
        .formatted(
            seed,
            what,
            world.shape().number(),
            world.shape().words(),
            simulation.story(),
            world.trace().tail(),
            seed);
  }

  private Optional<String> wrong(Simulation simulation, Shape shape) {
    try {
      Result expected = undisturbed(shape);
      return simulation
          .run(expected.steps())
          .difference(expected)
          .map(what -> "P3: not what it is undisturbed: " + what);
    } catch (LawBroken e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Result undisturbed(Shape shape) {
    return undisturbed.computeIfAbsent(
        shape.number(),
        number ->
            on(
                "shape-" + number,
                store ->
                    new Simulation(
                            World.of(
                                shape,
                                shelf,
                                store,
                                Faults.none(seeds(0).stream("faults")),
                                User.patient()),
                            run -> Schedule.IN_ORDER)
                        .run(STEPS_UNKNOWN)));
  }

  private Shape shapeOf(long seed) {
    return Shape.of(seeds(seed).stream("shape").nextInt(Shape.COUNT), data);
  }

  private World world(long seed, Shape shape, StoreLayout store) {
    return world(seed, shape, store, User.patient());
  }

  private World world(long seed, Shape shape, StoreLayout store, User user) {
    return World.of(shape, shelf, store, Faults.some(seeds(seed).stream("faults")), user);
  }

  private static Simulation disturbed(long seed, World world) {
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
