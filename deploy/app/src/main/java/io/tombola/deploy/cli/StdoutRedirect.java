package io.tombola.deploy.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redirects what libraries print to the log, so that the terminal shows the output of this program
 * only. The program itself writes to the streams of its {@link Console}.
 */
final class StdoutRedirect {

  private static final Logger LOG = LoggerFactory.getLogger(StdoutRedirect.class);

  private StdoutRedirect() {}

  /** Replaces {@code System.out} and {@code System.err}. */
  static void toLog() {
    System.setOut(lines());
    System.setErr(lines());
  }

  private static PrintStream lines() {
    return new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
  }

  private static final class Lines extends OutputStream {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (b != '\n') {
        line.write(b);
      } else {
        LOG.info("{}", line.toString(StandardCharsets.UTF_8).stripTrailing());
        line.reset();
      }
    }
  }
}
