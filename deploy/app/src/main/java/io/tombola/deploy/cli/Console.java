package io.tombola.deploy.cli;

import io.tombola.protocol.json.Json;
import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out results only
 * @param err everything else
 * @param quiet whether to print no progress; errors are printed nevertheless
 * @param color whether {@code err} is a terminal whose lines can be coloured and rewritten
 */
public record Console(PrintWriter out, PrintWriter err, boolean quiet, boolean color) {

  /** Prints a line on standard error, unless quiet. */
  public void say(String line) {
    if (!quiet) {
      err.println(line);
      err.flush();
    }
  }

  /** Prints a result. */
  public void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Prints a result as JSON. */
  public void printJson(Object result) {
    print(Json.indented(result) + "\n");
  }
}
