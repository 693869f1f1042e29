package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk that is really full: each part of the store in turn lies on a small tmpfs, in a mount
 * namespace of its own, and gets more space when the campaign has stopped.
 */
final class FullDiskIT {

  private static final String SCRIPT =
      """
      set -u
      store=$1; part=$2; size=$3; shift 3
      mkdir -p "$store/$part"
      mount -t tmpfs -o size="$size" tmpfs "$store/$part" || exit 99
      run() { "$@" run --store "$store" --set replicates=1 --set training.iterations=100 \\
        --set training.checkpoint-every=25 --set pruning.rounds=2 --set controls.reinit=1 \\
        --set dataset.validation=200 --set dataset.test-limit=300; }
      run "$@" 2>"$store/first"; echo "first $?"
      mount -o remount,size=300m "$store/$part"
      run "$@" 2>"$store/second" >/dev/null; echo "second $?"
      "$@" verify --store "$store" >/dev/null; echo "verify $?"
      "$@" topics tail --store "$store" 2>/dev/null | grep -c early_stop
      """;

  @TempDir Path folder;

  @BeforeAll
  static void mountsAreAllowed() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/unshare")) && inNamespace("true").waitFor() == 0,
        "a full disk needs a kernel that lets this user mount a tmpfs (unshare -Urm)");
  }

  // A training of four checkpoints of 3 MB; a log of some 150 kB; a broker of some 130 kB.
  @ParameterizedTest
  @CsvSource({"journal,150k", "artifacts,2500k", "artifacts,10m", "kafka,72k"})
  void endsWithOneLineAndResumesWhenThereIsSpace(String part, String size) throws Exception {
    Path store = folder.resolve("store");
    List<String> script = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
    script.addAll(List.of(store.toString(), part, size));
    script.addAll(TombolaProcess.command());

    Process process = inNamespace(script.toArray(String[]::new));
    List<String> said = process.inputReader().lines().toList();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));

    String first = Files.readString(store.resolve("first"));
    assertEquals("first 6", codeLine(said, "first"), first);
    assertEquals(
        1, first.lines().filter(line -> line.contains("expected free disk space")).count(), first);
    assertEquals("second 0", codeLine(said, "second"), Files.readString(store.resolve("second")));
    assertEquals("verify 0", codeLine(said, "verify"));
    assertEquals("5", said.get(said.size() - 1), "every trial is published, none twice");
  }

  private static String codeLine(List<String> said, String name) {
    return said.stream().filter(line -> line.startsWith(name + " ")).findFirst().orElse("none");
  }

  private static Process inNamespace(String... command) throws IOException {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> whole = new ArrayList<>(List.of("/usr/bin/unshare", root ? "-m" : "-Urm"));
    whole.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(whole);
    TombolaProcess.environment(builder.environment());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
