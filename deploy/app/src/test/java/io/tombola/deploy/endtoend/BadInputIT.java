package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.ArtifactRef;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees who got something wrong: an exit code and one line, and nothing is lost. */
final class BadInputIT {

  private static final List<String> TINY =
      List.of(
          "--set", "name=tiny",
          "--set", "kafka.mode=off",
          "--set", "replicates=1",
          "--set", "training.iterations=20",
          "--set", "dataset.test-limit=300",
          "--set", "pruning.rounds=1",
          "--set", "controls.reinit=0");

  @TempDir static Path folder;
  private static Path finished;

  @BeforeAll
  static void runACampaign() throws Exception {
    finished = folder.resolve("finished");
    TombolaProcess.Ended run = run(finished);
    assertEquals(0, run.exitCode(), run.err());
  }

  @Test
  void anUnknownKeyIsNamedWithItsNeighbour() throws Exception {
    assertOneLine(2, run(fresh(), "--set", "trainning.iterations=5"), "trainning", "training");
  }

  @Test
  void aWordForANumberIsQuoted() throws Exception {
    assertOneLine(2, run(fresh(), "--set", "training.iterations=many"), "iterations", "many");
  }

  @Test
  void zeroRoundsAreRefused() throws Exception {
    assertOneLine(2, run(fresh(), "--set", "pruning.rounds=0"), "pruning.rounds", "at least 1");
  }

  @Test
  void aRateOfOneAndAHalfIsRefused() throws Exception {
    assertOneLine(
        2, run(fresh(), "--set", "pruning.rates.dense=1.5"), "pruning.rates.dense", "1.5");
  }

  @Test
  void aMissingDataDirectoryIsNamed() throws Exception {
    Path missing = folder.resolve("no-such-data");
    assertOneLine(
        2,
        run(fresh(), "--set", "dataset.name=mnist", "--set", "dataset.dir=" + missing),
        missing.toString());
  }

  @Test
  void aMirrorOutOfReachIsNamedWithWhatToDo() throws Exception {
    String unreachable = "http://127.0.0.1:1/";
    String mirror = "data.mirrors.mnist=" + unreachable;
    assertOneLine(
        2,
        TombolaProcess.run(command(fresh(), "--set", "dataset.name=mnist", "--set", mirror)),
        unreachable + "train-images-idx3-ubyte.gz: no connection",
        TombolaProcess.CACHE.resolve("datasets/mnist").toString(),
        "--set dataset.dir=DIR");
  }

  @Test
  void aFormatWithoutItsFilesIsSaidSo() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data-empty"));
    String dir = "dataset.dir=" + data;
    assertOneLine(
        2,
        run(fresh(), "--set", "dataset.name=idx", "--set", dir),
        data + ": expected one file ending in train-images-idx3-ubyte");
    assertOneLine(
        2,
        run(fresh(), "--set", "dataset.name=cifar", "--set", dir),
        data + ": expected either train.bin or data_batch_1.bin");
  }

  @Test
  void moreExamplesThanThereAreAreRefused() throws Exception {
    assertOneLine(
        2, run(fresh(), "--set", "dataset.train-limit=55001"), "dataset.train-limit", "55000");
    assertOneLine(
        2, run(fresh(), "--set", "dataset.train-limit=59"), "training.batch-size", "59", "60");
  }

  @Test
  void aTruncatedIdxFileIsNamed() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data-truncated"));
    for (String name :
        List.of(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte")) {
      byte[] whole = shipped(name);
      boolean cut = name.equals("train-labels-idx1-ubyte");
      Files.write(data.resolve(name), cut ? Arrays.copyOf(whole, 30_000) : whole);
    }
    assertOneLine(
        2,
        run(fresh(), "--set", "dataset.name=mnist", "--set", "dataset.dir=" + data),
        data.toString());
  }

  @Test
  void aStoreInUseIsRefusedNamingItsHolder() throws Exception {
    Path store = fresh();
    String[] endless = {"--set", "training.iterations=1000000", "--set", "kafka.mode=off"};
    try (TombolaProcess holder = TombolaProcess.start(command(store, endless))) {
      holder.awaitErr(line -> line.startsWith("tiny: "));
      assertOneLine(4, run(store), store.toString(), Long.toString(holder.pid()));
      holder.terminate();
      assertEquals(75, holder.end().exitCode(), "stopped cleanly, resumable");
    }
  }

  @Test
  void aChangedCampaignIsRefusedWithTheDifference() throws Exception {
    assertOneLine(
        2, run(finished, "--set", "training.iterations=30"), "training.iterations", "20", "30");
  }

  @Test
  void aDamagedArtifactIsFoundAndNamed() throws Exception {
    Path store = fresh();
    assertEquals(0, run(store).exitCode());
    assertEquals(0, TombolaCommand.run("verify", "--store", store.toString()).exitCode());
    StoreLayout layout = new StoreLayout(store);
    ArtifactRef victim = new ArtifactStore(layout).list().get(0);
    byte[] content = Files.readAllBytes(layout.artifact(victim));
    content[content.length - 1] ^= 0x40;
    Files.write(layout.artifact(victim), content);

    TombolaProcess.Ended verify = TombolaCommand.run("verify", "--store", store.toString());
    assertEquals(5, verify.exitCode(), verify.err());
    assertTrue((verify.out() + verify.err()).contains(victim.sha256()), verify.out());
    assertNoStackTrace(verify);
  }

  @Test
  void aStoreThatIsNoneIsSaidSo() throws Exception {
    Path none = folder.resolve("none");
    assertOneLine(
        2, TombolaCommand.run("results", "--store", none.toString()), none.toString(), "run");
    assertFalse(Files.exists(none), "reading makes no store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "check"})
  void aBrokerOutOfReachIsSaidSo(String command) throws Exception {
    String unreachable = "kafka.bootstrap-servers=127.0.0.1:1";
    TombolaProcess.Ended ended =
        TombolaCommand.run("topics", command, "--set", "kafka.mode=external", "--set", unreachable);
    assertOneLine(3, ended, "Kafka at 127.0.0.1:1: ");
  }

  private static Path fresh() throws Exception {
    return Files.createTempDirectory(folder, "store-");
  }

  private static TombolaProcess.Ended run(Path store, String... settings) throws Exception {
    return TombolaCommand.run(command(store, settings));
  }

  private static String[] command(Path store, String... settings) {
    return Stream.of(
            Stream.of("run", "--store", store.toString()), TINY.stream(), Stream.of(settings))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static byte[] shipped(String name) throws Exception {
    String resource = "/io/tombola/training/data/fashion-mnist/" + name + ".gz";
    try (InputStream in = BadInputIT.class.getResourceAsStream(resource);
        GZIPInputStream unzipped = new GZIPInputStream(in)) {
      return unzipped.readAllBytes();
    }
  }

  private static void assertOneLine(int code, TombolaProcess.Ended ended, String... parts) {
    assertEquals(code, ended.exitCode(), ended.err());
    List<String> lines = ended.err().lines().filter(line -> !line.isBlank()).toList();
    assertEquals(1, lines.size(), ended.err());
    for (String part : parts) {
      assertTrue(lines.get(0).contains(part), () -> "expected " + part + " in: " + lines.get(0));
    }
    assertEquals("", ended.out());
    assertNoStackTrace(ended);
  }

  private static void assertNoStackTrace(TombolaProcess.Ended ended) {
    assertFalse(ended.err().contains("\tat "), ended.err());
    assertFalse(ended.err().contains("Exception"), ended.err());
  }
}
