package io.tombola.training.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombola.protocol.EngineName;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same training on a core of its own, in other processes and in other versions of Java gives
 * the same bytes.
 */
class SameBytesIT {

  private static final Path JAVAS = Path.of("/usr/lib/jvm");
  private static final String DENSE = "'dense 300, dense 100, dense 10'";
  private static final String CONV = "'conv 6, conv 8, max-pool, dense 32, dense 10'";

  @ParameterizedTest
  @CsvSource({"DL4J, " + DENSE, "DL4J, " + CONV, "SPARSE, " + DENSE, "SPARSE, " + CONV})
  void anotherProcessGivesTheSameBytes(EngineName engine, String layers) throws Exception {
    assertEquals(train(engine, layers), elsewhere(thisJava(), engine, layers));
  }

  @ParameterizedTest
  @CsvSource({"DL4J, " + DENSE, "DL4J, " + CONV, "SPARSE, " + DENSE, "SPARSE, " + CONV})
  void aCoreOfItsOwnGivesTheSameBytes(EngineName engine, String layers, @TempDir Path locks) {
    Engines engines = Engines.detect(1);
    Device device = engines.devices().get(0);
    try (Engine pinned =
        PinnedEngine.open(device, new CoreAllocator(locks), () -> engines.open(device))) {
      assertEquals(train(engine, layers), pinned.call(() -> train(pinned, engine, layers)));
    }
  }

  @ParameterizedTest
  @CsvSource({"DL4J, " + DENSE, "DL4J, " + CONV, "SPARSE, " + DENSE, "SPARSE, " + CONV})
  void otherJavasGiveTheSameBytes(EngineName engine, String layers) throws Exception {
    List<Path> others = otherJavas();
    assumeTrue(!others.isEmpty(), "no other Java from 17 on in " + JAVAS);
    String here = train(engine, layers);
    for (Path java : others) {
      assertEquals(here, elsewhere(java, engine, layers), java.toString());
    }
  }

  /** Trains and prints a checksum; takes an engine and a network. */
  public static void main(String[] arguments) {
    System.out.println(train(EngineName.valueOf(arguments[0]), arguments[1]));
  }

  private static String train(EngineName name, String layers) {
    Engines engines = Engines.detect(1);
    try (Engine engine = engines.open(engines.devices().get(0))) {
      return train(engine, name, layers);
    }
  }

  private static String train(Engine engine, EngineName name, String layers) {
    Seeds seeds = new Seeds(7, 1);
    DataSplits splits =
        DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, seeds);
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

  private static Path thisJava() {
    return Path.of(System.getProperty("java.home"));
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

  private static String elsewhere(Path java, EngineName engine, String layers) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            java.resolve("bin/java").toString(),
            "-Xmx1g",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            SameBytesIT.class.getName(),
            engine.name(),
            layers);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return printed.lines().reduce("", (before, last) -> last);
  }
}
