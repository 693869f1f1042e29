package io.tombola.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.ArtifactRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLayoutTest {

  @TempDir Path root;

  @Test
  void groupsArtifactsByTheirFirstByte() {
    String hash = "ab" + "0".repeat(62);
    assertEquals(
        root.resolve("artifacts/ab").resolve(hash),
        new StoreLayout(root).artifact(new ArtifactRef(hash)));
  }

  @Test
  void createsEachDirectoryOnce() {
    StoreLayout store = new StoreLayout(root.resolve("a/b"));
    store.create();
    store.create();
    for (Path directory :
        List.of(
            store.journal().getParent(),
            store.artifacts(),
            store.kafka(),
            store.reports(),
            store.logs())) {
      assertTrue(Files.isDirectory(directory), directory.toString());
    }
  }

  @Test
  void resolvesARelativeDirectoryOnce() {
    assertTrue(new StoreLayout(Path.of("here")).root().isAbsolute());
  }
}
