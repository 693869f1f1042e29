package io.tombola.deploy.bench.child;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.deploy.process.JavaOptions;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that answers each line of JSON on its standard input with one on its standard
 * output, and exits at the end of its input. The parent's side of {@link JsonLines}. Confined to
 * one thread; its opener closes it, which ends the process.
 */
public final class JsonLinesProcess implements AutoCloseable {

  private static final long SHUTDOWN_TIMEOUT_SECONDS = 5;

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader responses;
  private final Path errors;

  private JsonLinesProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.responses = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a command with this process's environment and further variables. */
  public static JsonLinesProcess start(List<String> command, Map<String, String> environment)
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

  /** Starts a main class with this process's Java, its options, class path and environment. */
  public static JsonLinesProcess startJava(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.add("-XX:+DisplayVMOutputToStderr");
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return start(command, Map.of("CLASSPATH", System.getProperty("java.class.path")));
  }

  /** Sends a request and waits for its response. */
  public JsonNode request(Map<String, ?> request) {
    send(request);
    return receive();
  }

  /** Sends a request without waiting for its response. */
  public void send(Map<String, ?> request) {
    try {
      requests.write(Json.MAPPER.writeValueAsString(request));
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send a request to a child process", e);
    }
  }

  /**
   * Waits for the next response.
   *
   * @throws UncheckedIOException if the process exited instead, with the last line of its standard
   *     error
   */
  public JsonNode receive() {
    try {
      String line = responses.readLine();
      if (line == null) {
        List<String> printed = Files.readAllLines(errors);
        String last = printed.isEmpty() ? "it printed nothing" : printed.get(printed.size() - 1);
        throw new IOException("expected a response of a child process, found its end: " + last);
      }
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(ExceptionMessage.of(e), e);
    }
  }

  /** Sends a request to run an operation {@code times} times. */
  public void sendTimed(String command, int times) {
    send(Map.of(JsonLines.COMMAND, command, JsonLines.TIMES, times));
  }

  /** Waits for the times of the operation that was requested. */
  public TimedWindow receiveWindow(int times) {
    return JsonLines.window(times, receive());
  }

  /** Ends the process and waits until it has exited. */
  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
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
