package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchCommandTest {

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsATableAndWritesJsonAndMarkdown() throws IOException {
    Path json = dir.resolve("bench.json");
    Path markdown = dir.resolve("bench.md");
    assertEquals(
        0,
        bench("--quick", "--only", "floor", "--save", json.toString(), "--markdown", markdown + ""),
        err.toString());
    assertTrue(out.toString().contains("fused multiply-add"), out.toString());
    JsonNode report = Json.MAPPER.readTree(json.toFile());
    assertTrue(report.path("floor").path("computing").get(0).path("per_second").asDouble() > 0);
    assertTrue(report.path("soak").isNull());
    assertTrue(Files.readString(markdown).contains("bench --quick --only floor"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --only    | nothing           | expected one of
          --trials  | 0                 | --trials: expected at least 1, found 0
          --dataset | mnits             | --dataset: expected one of fashion-mnist, mnist, cifar-10
          --networks | lenet-5          | --networks: expected lenet-300-100, conv-2
          --save    | no/such/folder/x  | expected a file to write to in a directory that exists
          """)
  void refusesWhatItCannotDo(String option, String value, String said) {
    assertEquals(2, bench(option, value));
    assertEquals("", out.toString());
    assertTrue(err.toString().contains(said), err.toString());
    assertFalse(err.toString().contains("Exception"), err.toString());
  }

  private int bench(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "bench";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Tombola.execute(
        (config, store, console) -> ExitCode.DONE,
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        all);
  }
}
