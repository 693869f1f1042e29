package io.tombola.deploy.endtoend;

import io.tombola.deploy.cli.InProcess;
import io.tombola.deploy.endtoend.TombolaProcess.Ended;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command where the process is not what a test is about: it runs within the test's own. {@link
 * CommandsIT} shows that each says the same as a process.
 */
final class TombolaCommand {

  private TombolaCommand() {}

  /** Runs a command to its end. */
  static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = InProcess.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ended(code, out.toString(), err.toString());
  }
}
