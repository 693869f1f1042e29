package io.tombola.storage.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.ArtifactRef;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {

  private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

  @TempDir Path root;
  private StoreLayout layout;
  private ArtifactStore store;

  @BeforeEach
  void createLayout() {
    layout = new StoreLayout(root);
    store = new ArtifactStore(layout);
  }

  @Test
  void namesContentByItsHash() {
    assertEquals(
        // FIPS 180-2, appendix B.1
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ArtifactRef.of("abc".getBytes(StandardCharsets.UTF_8)).sha256());
  }

  @Test
  void returnsWhatWasPut() {
    ArtifactRef artifact = store.put(CONTENT);
    assertArrayEquals(CONTENT, store.get(artifact));
    assertEquals(Optional.empty(), store.damage(artifact));
  }

  @Test
  void writesTheSameContentOnce() throws IOException {
    Path file = layout.artifact(store.put(CONTENT));
    FileTime longAgo = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(file, longAgo);
    store.put(CONTENT);
    assertEquals(longAgo, Files.getLastModifiedTime(file));
  }

  @Test
  void reportsAFlippedBit() throws IOException {
    ArtifactRef artifact = store.put(CONTENT);
    flipABit(layout.artifact(artifact));
    CorruptArtifactException found =
        assertThrows(CorruptArtifactException.class, () -> store.get(artifact));
    assertEquals(CorruptArtifactException.Kind.DAMAGED, found.kind());
    assertEquals(artifact, found.artifact());
    assertTrue(found.getMessage().contains(layout.artifact(artifact).toString()));
    assertTrue(found.getMessage().contains("tombola verify"));
    assertEquals(
        Optional.of(found.getMessage()),
        store.damage(artifact).map(CorruptArtifactException::getMessage));
  }

  @Test
  void reportsATruncatedFile() throws IOException {
    ArtifactRef artifact = store.put(CONTENT);
    Files.write(layout.artifact(artifact), new byte[0]);
    CorruptArtifactException found =
        assertThrows(CorruptArtifactException.class, () -> store.get(artifact));
    assertTrue(found.getMessage().contains("(0 bytes)"));
  }

  @Test
  void reportsAMissingFile() {
    CorruptArtifactException found =
        assertThrows(CorruptArtifactException.class, () -> store.get(ArtifactRef.of(CONTENT)));
    assertEquals(CorruptArtifactException.Kind.MISSING, found.kind());
  }

  @Test
  void replacesADamagedFileWhenItsContentIsStoredAgain() throws IOException {
    ArtifactRef artifact = store.put(CONTENT);
    flipABit(layout.artifact(artifact));
    assertEquals(artifact, store.put(CONTENT));
    assertArrayEquals(CONTENT, store.get(artifact));
  }

  @Test
  void storesTheSameContentFromManyThreads() {
    List<ArtifactRef> puts =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> store.put(new byte[] {(byte) (i % 4)}))
            .toList();
    assertEquals(4, store.list().size());
    puts.forEach(store::get);
  }

  @Test
  void deletes() {
    ArtifactRef artifact = store.put(CONTENT);
    assertTrue(store.delete(artifact));
    assertFalse(store.delete(artifact));
    assertEquals(List.of(), store.list());
  }

  @Test
  void sweepsAllButReferencedArtifacts() throws IOException {
    ArtifactRef living = store.put(CONTENT);
    ArtifactRef dead = store.put(new byte[] {1});
    Path temporary = layout.artifact(living).resolveSibling("." + living + ".x.tmp");
    Files.write(temporary, CONTENT);
    assertEquals(Set.of(layout.artifact(dead), temporary), Set.copyOf(store.sweep(Set.of(living))));
    assertEquals(List.of(living), store.list());
    assertEquals(List.of(), store.sweep(Set.of(living)));
  }

  @Test
  void listsNothingForAMissingStore() {
    assertEquals(List.of(), new ArtifactStore(new StoreLayout(root.resolve("none"))).list());
  }

  private static void flipABit(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[0] ^= 1;
    Files.write(file, content);
  }
}
