package io.tombola.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy reads back what was written, bit by bit. */
class ArrayFilesTest {

  private static final float NEGATIVE_ZERO = -0f;

  // Truth values first and in an odd number, so that alignment is a question.
  private static final List<Tensor> TENSORS =
      List.of(
          Tensor.bools("conv-1.weight", List.of(3), new boolean[] {true, false, true}),
          Tensor.floats(
              "dense-1.weight",
              List.of(2, 3),
              new float[] {1.5f, NEGATIVE_ZERO, 0f, Float.MIN_VALUE, -Float.MAX_VALUE, 1 / 3f}),
          Tensor.floats(
              "a.longer-name.so.that.the.header.grows", List.of(1, 1, 2, 1), new float[] {7, -8}));

  private static final List<String> READ =
      List.of(
          "conv-1.weight |b1 [3] 010001",
          "dense-1.weight <f4 [2,3] 0000c03f"
              + "00000080"
              + "00000000"
              + "01000000"
              + "ffff7fff"
              + "abaaaa3e",
          "a.longer-name.so.that.the.header.grows <f4 [1,1,2,1] 0000e040" + "000000c1");

  private static final TreeMap<String, String> METADATA =
      new TreeMap<>(Map.of("campaign", "a \"quoted\" name", "pm", "21.07 %"));

  @TempDir Path dir;

  @Test
  void numPyReadsAnNpz() throws IOException, InterruptedException {
    Path file = Files.write(dir.resolve("t.npz"), Npz.encode(TENSORS));
    assertEquals(READ, NumPy.tensors(NumPy.read(file)));
  }

  @Test
  void safetensorsAreReadAsTheirFormatSays() throws IOException, InterruptedException {
    Path file = Files.write(dir.resolve("t.safetensors"), Safetensors.encode(TENSORS, METADATA));
    JsonNode read = NumPy.read(file);
    // Numbers of four bytes come before those of one.
    assertEquals(List.of(READ.get(1), READ.get(2), READ.get(0)), NumPy.tensors(read));
    assertEquals("a \"quoted\" name", read.get("metadata").get("campaign").asText());
    assertEquals("21.07 %", read.get("metadata").get("pm").asText());
  }

  @Test
  void anNpzDoesNotTellWhenItWasWritten() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Npz.encode(TENSORS)))) {
      for (Tensor tensor : TENSORS) {
        ZipEntry entry = zip.getNextEntry();
        assertEquals(tensor.name() + ".npy", entry.getName());
        assertEquals(LocalDateTime.of(1980, 1, 1, 0, 0), entry.getTimeLocal());
      }
    }
  }

  @Test
  void aShapeThatDoesNotFitItsValuesIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Tensor.floats("conv-1.bias", List.of(3), new float[2]));
  }
}
