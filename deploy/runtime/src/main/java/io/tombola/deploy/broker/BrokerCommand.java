package io.tombola.deploy.broker;

import io.tombola.deploy.process.ClassArchives;
import io.tombola.storage.JournalAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the broker's process with this Java, this class path and a small heap.
 *
 * @param folder the broker's folder, {@code kafka} in the store
 * @param addressFile the file for the broker's address
 * @param logFile receives the broker's log
 */
record BrokerCommand(Path folder, Path addressFile, Path logFile) {

  private static final String LOGGING = "io/tombola/deploy/broker/logback-broker.xml";

  /** Starts the process; standard input and output are pipes. */
  Process start() throws IOException {
    Files.createDirectories(logFile.toAbsolutePath().getParent());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ClassArchives.options(System.getenv()));
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            // A broker with few records per minute should leave the cores to training.
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ErrorFile=" + logFile.resolveSibling("broker-crash-%p.log").toAbsolutePath(),
            "-Dlogback.configurationFile=" + LOGGING,
            "-cp",
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            folder.toAbsolutePath().toString(),
            addressFile.toAbsolutePath().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    // The broker does not need the database password.
    builder.environment().remove(JournalAddress.PASSWORD_VARIABLE);
    return builder.redirectError(ProcessBuilder.Redirect.appendTo(logFile.toFile())).start();
  }
}
