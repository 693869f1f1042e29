package io.tombola.deploy.endtoend;

import io.tombola.deploy.process.ClassArchives;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The program as a user starts it: a child process with its own streams and exit code. */
final class TombolaProcess implements AutoCloseable {

  /** Apart from the user's, so that what is fetched depends on the test alone. */
  static final Path CACHE = Path.of("target", "cache").toAbsolutePath();

  private static final long MINUTES = 5;

  /**
   * For processes that live for seconds, in which the optimizing compiler takes most of the time;
   * without vectors, which no other compiler makes fast. The bytes of results are the same.
   */
  private static final List<String> OPTIONS =
      List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final CompletableFuture<String> out;
  private final BufferedReader err;
  private final StringBuilder errText = new StringBuilder();

  private TombolaProcess(Process process) {
    this.process = process;
    this.out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
    this.err = process.errorReader(StandardCharsets.UTF_8);
  }

  static TombolaProcess start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  /** Starts a command with more in its environment. */
  static TombolaProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    environment(builder.environment());
    builder.environment().putAll(environment);
    return new TombolaProcess(builder.start());
  }

  /** What starts the program; arguments follow. */
  static List<String> command() {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(OPTIONS);
    Distribution.classArchives()
        .ifPresent(archives -> command.add("-XX:SharedArchiveFile=" + archives + "-8.jsa"));
    command.addAll(List.of("-cp", Distribution.classPath(), "io.tombola.deploy.cli.Tombola"));
    return command;
  }

  /** Makes the environment that of the launcher. */
  static void environment(Map<String, String> environment) {
    environment.put("OMP_NUM_THREADS", "1");
    environment.put("OPENBLAS_NUM_THREADS", "1");
    environment.put("TOMBOLA_CACHE", CACHE.toString());
    Distribution.classArchives().ifPresent(at -> environment.put(ClassArchives.VARIABLE, at));
  }

  /** Runs a command to its end. */
  static Ended run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  /** Runs a command with more in its environment to its end. */
  static Ended run(Map<String, String> environment, String... arguments) throws Exception {
    try (TombolaProcess process = start(environment, arguments)) {
      return process.end();
    }
  }

  /** What a finished process left. */
  record Ended(int exitCode, String out, String err) {}

  /** Reads standard error up to a line that is {@code wanted}. */
  String awaitErr(Predicate<String> wanted) throws IOException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      errText.append(line).append('\n');
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new IOException("the process ended first; it said:\n" + errText);
  }

  /** The address that a server says it has. */
  static String dashboard(TombolaProcess server) throws IOException {
    return server.awaitErr(line -> line.startsWith("dashboard: ")).replaceFirst("dashboard: ", "");
  }

  long pid() {
    return process.pid();
  }

  /** The processes below this one that run {@code mainClass}. */
  List<ProcessHandle> descendants(String mainClass) {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(mainClass))
        .toList();
  }

  /** Sends SIGTERM; unlike {@link Process#destroy} this leaves the streams open. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL {@code millis} from now, unless the process ends by itself first. */
  void killAfter(long millis) throws InterruptedException {
    boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
  }

  Ended end() throws Exception {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      errText.append(line).append('\n');
    }
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      throw new IOException("still running; it said:\n" + errText);
    }
    return new Ended(process.exitValue(), out.join(), errText.toString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
