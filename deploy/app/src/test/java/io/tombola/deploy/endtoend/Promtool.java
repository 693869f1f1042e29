package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own checks. */
final class Promtool {

  private Promtool() {}

  /** That of this machine; aborts the test if there is none. */
  static Promtool find() {
    Tool.requirePromtool();
    return new Promtool();
  }

  /** Fails unless promtool finds nothing wrong with what it reads, or is given in files. */
  void check(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), found);
  }
}
