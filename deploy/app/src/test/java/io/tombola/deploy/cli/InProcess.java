package io.tombola.deploy.cli;

import java.io.PrintWriter;

/** Runs a command within the test's process, which takes a fraction of the time of a new one. */
public final class InProcess {

  private InProcess() {}

  /**
   * Runs one command to its end.
   *
   * @return its exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return Tombola.execute(new RunExecution(new SignalHandler()), out, err, arguments);
  }
}
