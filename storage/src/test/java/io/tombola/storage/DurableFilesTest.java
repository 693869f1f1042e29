package io.tombola.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

  @TempDir Path directory;

  @Test
  void replacesContentAndLeavesNoTemporaryFile() throws IOException {
    Path file = directory.resolve("file");
    DurableFiles.write(file, bytes("old"));
    DurableFiles.write(file, bytes("new"));
    assertArrayEquals(bytes("new"), Files.readAllBytes(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void leavesNoFileWhenItFails() throws IOException {
    Path taken = Files.createDirectories(directory.resolve("taken/by-a-directory")).getParent();
    assertThrows(UncheckedIOException.class, () -> DurableFiles.write(taken, bytes("new")));
    assertEquals(List.of(taken), files());
  }

  @Test
  void reportsAFileInPlaceOfADirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> DurableFiles.createDirectories(file));
    assertTrue(refused.getMessage().contains("expected a directory, found a file"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void recognizesAFullDisk() {
    Path full = Path.of("/dev/full");
    IOException failure = assertThrows(IOException.class, () -> Files.write(full, bytes("x")));
    RuntimeException explained = DurableFiles.explained(failure, full);
    assertInstanceOf(NoSpaceException.class, explained);
    assertEquals(1, explained.getMessage().lines().count());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
