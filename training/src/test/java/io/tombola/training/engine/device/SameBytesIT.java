package io.tombola.training.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.RandomParameters;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same training on a core of its own, in other processes and in other versions of Java gives
 * the same bytes.
 */
class SameBytesIT {

  private static final Path JAVAS = Path.of("/usr/lib/jvm");
  private static final String SEPARATOR = ": ";
  private static final String DENSE = "dense 300, dense 100, dense 10";
  private static final String CONV = "conv 6, conv 8, max-pool, dense 32, dense 10";
  private static final DatasetSpec DATA =
      new DatasetSpec(
          "fashion-mnist",
          Optional.empty(),
          DatasetSpec.Normalization.NONE,
          1000,
          Optional.empty(),
          Optional.of(2000));

  private static Map<String, String> here;

  @BeforeAll
  static void trainHere() {
    here = new TreeMap<>();
    forEachCase((engine, layers) -> here.put(engine + " " + layers, train(engine, layers)));
  }

  @Test
  void anotherProcessGivesTheSameBytes() throws Exception {
    assertEquals(here, elsewhere(Path.of(System.getProperty("java.home"))));
  }

  @Test
  void aCoreOfItsOwnGivesTheSameBytes(@TempDir Path locks) {
    Engines engines = Engines.detect(1);
    Device device = engines.devices().get(0);
    Map<String, String> pinned = new TreeMap<>();
    try (Engine engine =
        PinnedEngine.open(device, new CoreAllocator(locks), () -> engines.open(device))) {
      forEachCase(
          (name, layers) ->
              pinned.put(name + " " + layers, engine.call(() -> train(engine, name, layers))));
    }
    assertEquals(here, pinned);
  }

  @Test
  void otherJavasGiveTheSameBytes() throws Exception {
    List<Path> others = otherJavas();
    assumeTrue(!others.isEmpty(), "no other Java from 17 on in " + JAVAS);
    for (Path java : others) {
      assertEquals(here, elsewhere(java), java.toString());
    }
  }

  /** Trains each case and prints it with a checksum. */
  public static void main(String[] arguments) {
    forEachCase(
        (engine, layers) ->
            System.out.println(engine + " " + layers + SEPARATOR + train(engine, layers)));
  }

  private static void forEachCase(BiConsumer<EngineName, String> action) {
    for (EngineName engine : EngineName.values()) {
      for (String layers : List.of(DENSE, CONV)) {
        action.accept(engine, layers);
      }
    }
  }

  private static String train(EngineName name, String layers) {
    Engines engines = Engines.detect(1);
    try (Engine engine = engines.open(engines.devices().get(0))) {
      return train(engine, name, layers);
    }
  }

  private static String train(Engine engine, EngineName name, String layers) {
    Seeds seeds = new Seeds(7, 1);
    DataSplits splits = DataSplits.of(TestCampaigns.fashionMnist(), DATA, seeds);
    Network network = Networks.of(layers, new ImageShape(28, 28, 1), 10);
    OptimizerSpec adam = new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3);
    Weights weights = Weights.of(network, RandomParameters.draw(network));
    TrainingSpec training = new TrainingSpec(1000, 60, adam, 100, 100);
    SessionSpec spec =
        new SessionSpec(
            training,
            splits,
            new TrainingPosition(0, weights, OptimizerState.FRESH),
            third(network),
            new DataOrder(seeds, 0),
            LearningRates.of(training),
            name);
    try (TrainingSession session = engine.open(spec)) {
      double loss = session.advance(60);
      return "%s %s %s"
          .formatted(loss, session.evaluate(splits.test()), session.position().hashCode());
    }
  }

  private static Mask third(Network network) {
    RandomStream stream = new Seeds(7, 1).stream("mask");
    List<BitSet> layers = new ArrayList<>();
    for (Network.PrunableLayer layer : network.prunableLayers()) {
      BitSet bits = new BitSet();
      for (int i = 0; i < layer.weightCount(); i++) {
        bits.set(i, stream.nextInt(3) == 0);
      }
      layers.add(bits);
    }
    return Mask.of(network, layers);
  }

  private static List<Path> otherJavas() throws IOException {
    if (!Files.isDirectory(JAVAS)) {
      return List.of();
    }
    List<Path> others = new ArrayList<>();
    try (Stream<Path> homes = Files.list(JAVAS)) {
      for (Path home : homes.filter(h -> !Files.isSymbolicLink(h)).toList()) {
        Path release = home.resolve("release");
        boolean usable =
            Files.isReadable(release)
                && Files.isExecutable(home.resolve("bin/java"))
                && version(release) >= 17
                && version(release) != Runtime.version().feature();
        if (usable) {
          others.add(home);
        }
      }
    }
    return others;
  }

  private static int version(Path release) throws IOException {
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("JAVA_VERSION=\""))
        .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("\\..*", ""))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }

  /** The checksum of each case in a process of {@code java}. */
  private static Map<String, String> elsewhere(Path java) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            java.resolve("bin/java").toString(),
            "-Xmx1g",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            SameBytesIT.class.getName());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return printed
        .lines()
        .map(line -> line.split(SEPARATOR, 2))
        .filter(parts -> parts.length == 2)
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
  }
}
