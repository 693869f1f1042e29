package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers each line of JSON with one, and ends with its input. Confined to one
 * thread; closing it ends it.
 */
final class JsonLinesProcess implements AutoCloseable {

  private static final long FAREWELL_SECONDS = 5;

  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private final Path errors;

  private JsonLinesProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a command. */
  static JsonLinesProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    Path errors = Files.createTempFile("tombola-bench-", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    try {
      return new JsonLinesProcess(builder.start(), errors);
    } catch (IOException e) {
      Files.delete(errors);
      throw e;
    }
  }

  /** Gives an order. */
  void tell(Map<String, ?> order) {
    try {
      orders.write(Json.MAPPER.writeValueAsString(order));
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell a child process anything", e);
    }
  }

  /**
   * Waits for its next answer.
   *
   * @throws UncheckedIOException if it ended instead, with its last words
   */
  JsonNode answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        List<String> said = Files.readAllLines(errors);
        String last = said.isEmpty() ? "it said nothing" : said.get(said.size() - 1);
        throw new IOException("expected an answer of a child process, found its end: " + last);
      }
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Gives an order to do something timed. */
  TimedWindow time(String what, int times) {
    tell(Map.of("do", what, "times", times));
    return window(times);
  }

  /** Waits for the times of what was ordered. */
  TimedWindow window(int times) {
    JsonNode took = answer();
    return new TimedWindow(
        times, took.path("cpu_seconds").asDouble(), took.path("wall_seconds").asDouble());
  }

  /** Ends it and waits until it has ended. */
  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(errors);
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
