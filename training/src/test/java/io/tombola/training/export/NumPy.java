package io.tombola.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A Python with NumPy on this machine, which knows nothing of our writers. */
final class NumPy {

  private static final Optional<String> PYTHON =
      Stream.of("python3", "/usr/bin/python3").filter(NumPy::hasNumPy).findFirst();

  private NumPy() {}

  /** What Python reads from an .npz or .safetensors file. */
  static JsonNode read(Path file) throws IOException, InterruptedException {
    String python =
        PYTHON.orElseThrow(
            () ->
                new TestAbortedException(
                    "expected a python3 with NumPy to read files back, found none;"
                        + " type 'apt-get install -y python3-numpy' and test again"));
    try (InputStream script = NumPy.class.getResourceAsStream("read_arrays.py")) {
      String program = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      Process process =
          new ProcessBuilder(python, "-c", program, file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      JsonNode read = Json.MAPPER.readTree(process.getInputStream());
      assertEquals(0, process.waitFor(), "Python cannot read " + file);
      return read;
    }
  }

  /** A tensor as Python found it, for comparing: name, NumPy's type, shape, content. */
  static List<String> tensors(JsonNode read) {
    List<String> lines = new ArrayList<>();
    read.get("tensors")
        .forEach(
            tensor ->
                lines.add(
                    tensor.get("name").asText()
                        + " "
                        + tensor.get("type").asText()
                        + " "
                        + tensor.get("shape")
                        + " "
                        + tensor.get("hex").asText()));
    return lines;
  }

  private static boolean hasNumPy(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import numpy")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
