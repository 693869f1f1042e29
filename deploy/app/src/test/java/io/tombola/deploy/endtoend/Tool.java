package io.tombola.deploy.endtoend;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs that know nothing of this one, which a machine may have or not. */
final class Tool {

  private static final String CLIENT = "import confluent_kafka, sys; print(sys.executable)";

  static final String CHROMIUM = "/usr/bin/chromium";
  static final String CHROMEDRIVER = "/usr/bin/chromedriver";

  private Tool() {}

  /** Aborts the test unless there is a browser that can be driven. */
  static void requireChromium() {
    if (output(CHROMIUM, "--version").isEmpty() || output(CHROMEDRIVER, "--version").isEmpty()) {
      throw missing("Chromium and its driver in /usr/bin", "chromium chromium-driver");
    }
  }

  /** Aborts the test unless there is a kcat. */
  static void requireKcat() {
    require("kcat", "-V");
  }

  /** Aborts the test unless there is a program, which says something about itself. */
  static void require(String program, String about) {
    if (output(program, about).isEmpty()) {
      throw missing(program, program);
    }
  }

  /** An nginx; aborts the test if there is none. */
  static String nginx() {
    return Stream.of("nginx", "/usr/sbin/nginx")
        .filter(nginx -> output("sh", "-c", nginx + " -v 2>&1").isPresent())
        .findFirst()
        .orElseThrow(() -> missing("nginx", "nginx"));
  }

  /** Aborts the test unless there is a promtool. */
  static void requirePromtool() {
    if (output("promtool", "--version").isEmpty()) {
      throw new TestAbortedException(
          "expected promtool to check metrics and rules with, found none; type"
              + " 'apt-get install -y prometheus' and test again");
    }
  }

  /** A Python with a client for Kafka; aborts the test if there is none. */
  static String pythonWithKafka() {
    return Stream.of("python3", "/usr/bin/python3")
        .flatMap(python -> output(python, "-c", CLIENT).stream())
        .findFirst()
        .orElseThrow(() -> missing("a python3 with confluent_kafka", "python3-confluent-kafka"));
  }

  private static TestAbortedException missing(String what, String debianPackage) {
    return new TestAbortedException(
        "expected %s to test with, found none; type 'apt-get install -y %s' and test again"
            .formatted(what, debianPackage));
  }

  /** The first line that a command prints; empty if there is no such command or it fails. */
  private static Optional<String> output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      List<String> lines = process.inputReader().lines().toList();
      return process.waitFor() == 0 ? lines.stream().findFirst() : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
