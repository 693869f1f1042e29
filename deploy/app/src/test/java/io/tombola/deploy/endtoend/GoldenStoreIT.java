package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores that earlier versions left behind, killed half-way through a campaign: each opens and
 * resumes in this version. Beside each store lie the results of the same campaign uninterrupted.
 */
final class GoldenStoreIT {

  private static final String OTHER_MACHINE = "resuming gives other bytes";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"0.2.0", "0.3.0", "0.5.0"})
  void opensAndResumes(String version) throws Exception {
    String store = unpacked(version).toString();
    List<String> whole = lines(version);

    TombolaProcess.Ended verified = TombolaCommand.run("verify", "--store", store);
    assertEquals(0, verified.exitCode(), verified.out());
    int columns = whole.get(0).split(",", -1).length;
    List<String> before = results(store, columns);
    assertTrue(before.size() > 1 && before.size() < whole.size(), "killed half-way: " + before);
    assertTrue(whole.containsAll(before), "results from before the kill read as they were");

    TombolaProcess.Ended run = TombolaCommand.run("run", "golden", "--store", store);
    assertEquals(0, run.exitCode(), run.err());
    List<String> after = results(store, columns);
    assertTrue(after.containsAll(before), "no result of before changes");
    assertEquals(whole.size(), after.size());
    if (!run.err().contains(OTHER_MACHINE)) {
      assertEquals(whole, after, "the same bytes as in " + version);
    }
    assertEquals(0, TombolaCommand.run("verify", "--store", store).exitCode());
    TombolaProcess.Ended tail = TombolaCommand.run("topics", "tail", "--store", store);
    assertEquals(whole.size() - 1, tail.out().lines().count(), "each row published once");
  }

  /** The rows, as far as the version had columns: later ones add theirs behind them. */
  private static List<String> results(String store, int columns) throws Exception {
    return TombolaCommand.run("results", "golden", "--format", "csv", "--store", store)
        .out()
        .lines()
        .map(row -> String.join(",", List.of(row.split(",", -1)).subList(0, columns)))
        .toList();
  }

  private static List<String> lines(String version) throws IOException {
    try (InputStream csv = resource(version + ".csv").openStream()) {
      return new String(csv.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private Path unpacked(String version) throws IOException {
    Path store = Files.createDirectories(folder.resolve(version)).toRealPath();
    try (ZipInputStream zip = new ZipInputStream(resource(version + ".zip").openStream())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = store.resolve(entry.getName()).normalize();
        assertTrue(file.startsWith(store), entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
    return store;
  }

  private static URL resource(String name) {
    return GoldenStoreIT.class.getResource("/golden-stores/" + name);
  }
}
