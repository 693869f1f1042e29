package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.training.Checkpoint;
import io.tombola.training.LearningCurve;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/store.py}, which knows nothing of this program, reads a store as formats.md says. */
final class FormatsIT {

  private static final String STORE = "/golden-stores/0.3.0.zip";

  @TempDir Path folder;

  @Test
  void everyFormatIsAsDocumented() throws Exception {
    Tool.require("python3", "--version");
    unpack();
    new ArtifactStore(new StoreLayout(folder)).put(checkpoint().encode());

    assertEquals(
        """
        journal: 363 events, 2 snapshots
        artifacts: 4 of kind checkpoint
        artifacts: 15 of kind learning curve or path
        artifacts: 17 of kind mask
        artifacts: 27 of kind weights
        """,
        output("python3", Recipes.DOCUMENTS.resolve("store.py").toString(), folder.toString()));
  }

  /** In the newest form, which no golden store has yet, with values in both of its two ways. */
  private static Checkpoint checkpoint() {
    Network network = Networks.LENET_300_100;
    float[] few = new float[network.parameterCount()];
    few[7] = -1.5f;
    float[] many = new float[network.parameterCount()];
    Arrays.fill(many, 0.25f);
    return new Checkpoint(
        new TrialId("golden", 1, 2, Arm.reinit(1)),
        new TrainingPosition(
            3, Weights.of(network, many), new OptimizerState(3, List.of(few, many))),
        1.5,
        LearningCurve.EMPTY,
        Optional.of(Mask.ones(network)));
  }

  private void unpack() throws IOException {
    try (InputStream resource = FormatsIT.class.getResourceAsStream(STORE);
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (!entry.isDirectory()) {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
