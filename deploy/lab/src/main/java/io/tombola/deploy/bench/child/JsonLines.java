package io.tombola.deploy.bench.child;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.protocol.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The protocol between a benchmark and its child processes: one line of JSON for each request and
 * for each response. A request names its {@value #COMMAND}, and how many {@value #TIMES} to run it.
 * {@code pytorch_baseline.py} implements it in Python.
 */
public final class JsonLines {

  /** The field of a request that says what to do. */
  public static final String COMMAND = "command";

  /** The field of a request that says how often, or with how many. */
  public static final String TIMES = "times";

  private static final String CPU_SECONDS = "cpu_seconds";
  private static final String WALL_SECONDS = "wall_seconds";

  /** Handles one request; the result is the response. */
  @FunctionalInterface
  public interface Handler {

    /** Handles a request. */
    Map<String, ?> handle(String command, int times) throws Exception;
  }

  private final PrintStream responses;

  private JsonLines(PrintStream responses) {
    this.responses = responses;
  }

  /** Takes standard output for responses; what else prints there goes to standard error. */
  public static JsonLines ofStandardOutput() {
    JsonLines lines = new JsonLines(System.out);
    System.setOut(System.err);
    return lines;
  }

  /** Sends a response without a request: the child process is ready. */
  public void send(Map<String, ?> response) throws IOException {
    responses.println(Json.MAPPER.writeValueAsString(response));
  }

  /** Handles requests from standard input until it ends. */
  public void serve(Handler handler) throws Exception {
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      JsonNode request = Json.MAPPER.readTree(line);
      send(handler.handle(request.path(COMMAND).asText(), request.path(TIMES).asInt()));
    }
  }

  /** The response that holds the times of an operation. */
  public static Map<String, Double> response(TimedWindow window) {
    return Map.of(CPU_SECONDS, window.cpuSeconds(), WALL_SECONDS, window.wallSeconds());
  }

  /** The times of an operation that ran {@code units} times. */
  static TimedWindow window(int units, JsonNode response) {
    return new TimedWindow(
        units, response.path(CPU_SECONDS).asDouble(), response.path(WALL_SECONDS).asDouble());
  }
}
